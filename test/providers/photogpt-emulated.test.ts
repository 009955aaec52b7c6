import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FaultRule } from "../../src/emulator/faults/rule.ts";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import { download } from "../../src/io/http/download.ts";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import type { Job, JobStatus } from "../../src/model/job.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { photogpt } from "../../src/providers/photogpt/photogpt.ts";
import { half, intent, testClock } from "../io/http/world.ts";
import { lifecycle } from "./lifecycle.ts";

lifecycle({
  provider: photogpt,
  operation: "generate",
  with: { modelID: "kling-video-standard", options: { kling: { duration: 3, aspectRatio: "1:1" } } },
  listsFinished: true,
});

describe("photogpt, when things go wrong", () => {
  let emulator: Emulator;
  const faults: FaultRule[] = [
    { prompt: "unprepared", on: "prepare", kind: "unknown-status", word: "error", times: "always" },
    { prompt: "twice", on: "prepare", kind: "unknown-status", word: "error" },
    { prompt: "busy", on: "prepare", kind: "status", status: 409, times: 2 },
    { prompt: "unsafe", kind: "fails", message: "Prompt rejected by safety filter" },
    { prompt: "lost", on: "poll", kind: "no-url", times: "always" },
  ];
  beforeAll(async () => {
    emulator = await startEmulator({ speed: 6000, faults, credits: 20 });
  });
  afterAll(() => emulator.close());

  const access = () => ({
    provider: photogpt,
    key: "emulated-key-0123456789",
    baseUrl: `${emulator.url}/photogpt`,
    emulated: true,
    random: half,
    clock: testClock(Date.now()),
  });
  const submit = async (fields: JsonObject): Promise<Job> => {
    const claim = { ...intent(Date.now() + 60_000), provider: photogpt.name };
    const request = { operation: "generate", with: { modelID: "veo-3.1", ...fields }, metadata: {} };
    return (await photogpt.submit(request, openPaidWires(access())(claim))).job;
  };
  /** Real time, since the emulator's jobs run in it. Every word on the way is kept. */
  async function statuses(job: Job): Promise<readonly JobStatus[]> {
    const wire = openWire(access());
    const all: JobStatus[] = [];
    while (all.length < 2000) {
      const status = await photogpt.poll(job, wire);
      all.push(status);
      if (status.state !== "running") return all;
      await new Promise((tick) => setTimeout(tick, 5));
    }
    throw new Error("the emulated job never ends");
  }
  const end = async (fields: JsonObject): Promise<JobStatus | undefined> =>
    (await statuses(await submit(fields))).at(-1);

  test("several videos are several different files, and no key goes where they are", async () => {
    const status = await end({ prompt: "Three", numVideos: 3, options: { veo: { duration: 4 } } });
    if (status?.state !== "done") throw new Error(`the job is ${JSON.stringify(status)}`);
    const folder = mkdtempSync(join(tmpdir(), "several-"));
    const files = await Promise.all(
      status.outputs.map(({ source }, index) => download(source, join(folder, String(index)), access())),
    );
    expect(status.outputs.map(({ role }) => role)).toEqual(["video", "video", "video"]);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(3);
  });

  test("a file on its way is no end, and says how far it is", async () => {
    const all = await statuses(await submit({ prompt: "Slowly", options: { veo: { duration: 4 } } }));
    expect(all.at(-1)?.state).toBe("done");
    expect(all).toContainEqual({ state: "running", progress: 0 });
  });

  test.each<readonly [string, object]>([
    ["busy", { state: "done" }],
    ["twice", { state: "done" }],
    ["unprepared", { state: "failed", class: "lost-output" }],
    ["lost", { state: "failed", class: "lost-output" }],
    ["unsafe", { state: "failed", class: "moderated-input", message: "Prompt rejected by safety filter" }],
  ])("a job that is %s ends as it should", async (prompt, expected) => {
    expect(await end({ prompt, options: { veo: { duration: 4 } } })).toMatchObject(expected);
  });

  test("a finished job is there, and one that nobody knows is not", async () => {
    const job = await submit({ prompt: "There", options: { veo: { duration: 4 } } });
    await statuses(job);
    const wire = openWire(access());
    expect(await photogpt.inspect?.(job, wire)).toEqual({ exists: true, metadata: {} });
    expect(await photogpt.inspect?.({ id: "job_999" }, wire)).toEqual({ exists: false, metadata: {} });
  });

  test("an account that is empty is told apart from a mistake, and a model that is none is one", async () => {
    await expect(submit({ prompt: "Many", numVideos: 4, extra: { numVideos: "4" } })).rejects.toMatchObject({
      class: "invalid",
      message: "photogpt answered 400: Validation failed: numVideos must be an integer",
    });
    await expect(submit({ prompt: "x", modelID: "veo-9" })).rejects.toMatchObject({ class: "invalid", status: 404 });
    const dear = async (): Promise<never> => {
      for (let orders = 0; orders < 50; orders++) await submit({ prompt: `Order ${orders}`, numVideos: 4 });
      throw new Error("the account is never empty");
    };
    await expect(dear()).rejects.toMatchObject({ class: "quota", outcome: "refused" });
  });
});
