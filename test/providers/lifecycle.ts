import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import { download } from "../../src/io/http/download.ts";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import { mediaFacts } from "../../src/io/media.ts";
import type { Job, JobStatus } from "../../src/model/job.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Provider } from "../../src/model/provider.ts";
import { half, intent, testClock } from "../io/http/world.ts";

export interface Life {
  readonly provider: Provider;
  readonly operation: string;
  readonly with: JsonObject;
  /** Fields that take an uploaded picture. */
  readonly picture?: string;
  /** Its list shows finished jobs alone, and so proves no absence. */
  readonly listsFinished?: true;
}

const key = "emulated-key-0123456789";
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** So many emulated seconds pass in a real one that ten minutes are over at once. */
const speed = 6000;
const mostPolls = 2000;

/** Where the files are, without the signatures that differ from one answer to the next. */
const filesOf = (status: JobStatus): readonly string[] =>
  status.state === "done"
    ? status.outputs.map(({ source }) => ("url" in source ? source.url.replace(/\?.*/, "") : source.text))
    : [`still ${status.state}`];

/** The whole life of a job, against the emulator and over real HTTP. What the provider cannot do is not asked of it. */
export function lifecycle({ provider, operation, with: fields, picture, listsFinished }: Life): void {
  describe(`${provider.name}, against the emulator`, () => {
    let emulator: Emulator;
    beforeAll(async () => {
      emulator = await startEmulator({ speed, seed: 7 });
    });
    afterAll(() => emulator.close());

    const access = () => ({
      provider,
      key,
      baseUrl: `${emulator.url}/${provider.name}`,
      emulated: true,
      random: half,
      clock: testClock(Date.now()),
    });

    async function submit(prompt: string): Promise<Job> {
      const wire = openWire(access());
      const sha256 = createHash("sha256").update(png).digest("hex");
      const upload = { name: "dot.png", mediaType: "image/png", bytes: png, sha256 };
      const image = picture === undefined ? undefined : await provider.upload?.send(upload, wire);
      const asset = picture === undefined || image?.state !== "usable" ? {} : { [picture]: image.value };
      const claim = { ...intent(Date.now() + 60_000), provider: provider.name };
      const request = { operation, with: { ...fields, ...asset, prompt }, metadata: {} };
      return (await provider.submit(request, openPaidWires(access())(claim))).job;
    }

    /** Real time, since the emulator's jobs run in it: a tick at a time, and never in vain for long. */
    async function finished(job: Job): Promise<JobStatus> {
      const wire = openWire(access());
      for (let polls = 0; polls < mostPolls; polls++) {
        const status = await provider.poll(job, wire);
        if (status.state !== "running") return status;
        await new Promise((tick) => setTimeout(tick, 5));
      }
      throw new Error("the emulated job never ends");
    }

    test("its key is checked", async () => {
      await provider.checkKey?.(openWire(access()));
    });

    test("a job is paid for once, runs, and gives a film that plays", async () => {
      const before = emulator.ledger().length;
      const status = await finished(await submit("How tides work"));
      expect(emulator.ledger().length - before).toBe(1);
      if (status.state !== "done") throw new Error(`the job is ${JSON.stringify(status)}`);
      const film = status.outputs.find(({ role }) => role === "video" || role === "audio");
      if (film === undefined) throw new Error("no media among the outputs");
      const path = join(mkdtempSync(join(tmpdir(), "life-")), "film");
      const { sha256, bytes } = await download(film.source, path, access());
      expect(createHash("sha256").update(readFileSync(path)).digest("hex")).toBe(sha256);
      expect(readFileSync(path).length).toBe(bytes);
      expect((await mediaFacts(path)).seconds).toBeGreaterThan(0);
    });

    test.runIf(provider.search !== undefined)("a submit whose answer was lost is found again", async () => {
      const claimedAt = new Date().toISOString();
      const job = await submit("A prompt like no other");
      if (listsFinished === true) await finished(job);
      const wire = openWire(access());
      const find = (prompt: string) => {
        const traits = provider.search?.traits({ operation, with: { ...fields, prompt } }) ?? {};
        return provider.search?.find({ traits, claimedAt }, wire);
      };
      const found = await find("A prompt like no other");
      const [candidate, ...others] = found?.candidates ?? [];
      if (candidate === undefined) throw new Error("the job was not found");
      expect(others).toEqual([]);
      // A list need not name a job by the id that the submit gave: what counts is that it is the same film.
      expect(filesOf(await finished(candidate.job))).toEqual(filesOf(await finished(job)));
      expect(await find("Never asked for")).toEqual({
        candidates: [],
        complete: listsFinished !== true,
      });
    });

    test.runIf(provider.update !== undefined && provider.inspect !== undefined)(
      "its metadata change in place",
      async () => {
        const job = await submit("To be renamed");
        await finished(job);
        const wire = openWire(access());
        await provider.update?.(job, { title: "Renamed", visibility: "public" }, wire);
        expect(await provider.inspect?.(job, wire)).toEqual({
          exists: true,
          metadata: { title: "Renamed", visibility: "public" },
        });
      },
    );

    test.runIf(provider.remove !== undefined && provider.inspect !== undefined)(
      "it can be removed, twice",
      async () => {
        const job = await submit("To be removed");
        await finished(job);
        const wire = openWire(access());
        await provider.remove?.(job, wire);
        await provider.remove?.(job, wire);
        expect((await provider.inspect?.(job, wire))?.exists).toBe(false);
      },
    );
  });
}
