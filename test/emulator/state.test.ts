import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileState } from "../../src/emulator/file-state.ts";
import { startEmulator } from "../../src/emulator/server.ts";
import { emulator, golpo, request, slow } from "./rig.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("an emulator on the folder of an earlier one", () => {
  test("goes on with its jobs and serves the same bytes", async () => {
    const before = await startEmulator({ speed: 1e6, state: fileState(folder) });
    const { job_id, video_id } = (await golpo(before).generate(request())).body;
    const bytes = await (await fetch(String((await golpo(before).end(job_id)).video_url))).arrayBuffer();
    await golpo(before).patch(video_id, { title: "Tides" });
    await before.close();

    const after = await emulator({ state: fileState(folder) });
    const done = await golpo(after).end(job_id);
    expect(await (await fetch(String(done.video_url))).arrayBuffer()).toEqual(bytes);
    expect((await golpo(after).get(video_id)).body.video).toMatchObject({ title: "Tides" });
    expect(after.ledger()).toEqual(before.ledger());
  });

  test("finds a job done that ended while nothing ran", async () => {
    const before = await startEmulator({ speed: 1e5, state: fileState(folder) });
    const { job_id } = (await golpo(before).generate(request())).body;
    await before.close();
    const after = await emulator({ speed: slow, state: fileState(folder) });
    expect(await golpo(after).end(job_id)).toMatchObject({ status: "completed" });
  });

  test("knows the files that were uploaded, and counts the same request twice", async () => {
    const before = await startEmulator({ state: fileState(folder) });
    const { upload_url, file_url } = (await golpo(before).upload("a.png", "pixels")).body;
    await fetch(String(upload_url), { method: "PUT", body: "pixels", headers: { "Content-Type": "image/png" } });
    const asked = request({ logo: file_url ?? null });
    const first = (await golpo(before).generate(asked)).body.job_id;
    await before.close();

    const after = await emulator({ state: fileState(folder) });
    const second = (await golpo(after).generate(asked)).body.job_id;
    expect(second).not.toBe(first);
    expect(await golpo(after).end(second)).toMatchObject({ status: "completed" });
    expect(after.ledger()).toMatchObject([{ job: first }, { job: second, duplicateOf: first }]);
  });
});

test("two emulators on one folder know each other's jobs at once", async () => {
  const [one, other] = [await emulator({ state: fileState(folder) }), await emulator({ state: fileState(folder) })];
  const first = (await golpo(one).generate(request())).body.job_id;
  const second = (await golpo(other).generate(request())).body.job_id;
  expect(await golpo(other).end(first)).toMatchObject({ status: "completed" });
  expect(one.ledger()).toMatchObject([{ job: first }, { job: second, duplicateOf: first }]);
});

describe("the memory in a folder", () => {
  const records = () => join(folder, "records.ndjson");
  const refused = { kind: "refused", at: 1, provider: "golpo", hash: "x", why: "y" } as const;

  test("holds a submit before it is answered", async () => {
    const base = await emulator({ state: fileState(folder), speed: slow, faults: [{ kind: "accept-then-drop" }] });
    await expect(golpo(base).generate(request())).rejects.toThrow();
    expect(JSON.parse(readFileSync(records(), "utf8"))).toMatchObject({ kind: "accepted", price: "0.50" });
  });

  test("drops half a line at its end and goes on behind the whole ones", () => {
    fileState(folder).append(refused);
    appendFileSync(records(), '{"kind":"refu');
    const state = fileState(folder);
    expect(state.read(0).records).toEqual([refused]);
    state.append({ ...refused, at: 2 });
    expect(fileState(folder).read(0).records).toEqual([refused, { ...refused, at: 2 }]);
  });

  test("is refused when a line in its middle is damaged", () => {
    fileState(folder).append(refused);
    writeFileSync(records(), `{"kind\n${readFileSync(records(), "utf8")}`);
    expect(() => fileState(folder).read(0)).toThrow('records.ndjson: damaged at "{\\"kind"');
  });

  test("keeps bytes under their hash, once", () => {
    const state = fileState(folder);
    const name = state.keep(Buffer.from("pixels"));
    expect(state.keep(Buffer.from("pixels"))).toBe(name);
    expect(fileState(folder).kept(name)).toEqual(Buffer.from("pixels"));
    expect(state.kept("0".repeat(64))).toBeUndefined();
  });
});
