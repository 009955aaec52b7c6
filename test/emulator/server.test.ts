import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/server.ts";
import { memoryState } from "../../src/emulator/state.ts";
import { emulator, golpo, request, slow } from "./rig.ts";

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

test("an emulator says what it is", async () => {
  const base = await emulator({ speed: 90, seed: 7 });
  expect(await json(`${base.url}/__emulator`)).toEqual({ emulator: true, speed: 90, seed: 7 });
});

test("the ledger names what was paid, what was refused and what was paid twice", async () => {
  const base = await emulator();
  const api = golpo(base);
  const first = (await api.generate(request())).body.job_id;
  await api.generate(request({ timing: "5" }));
  const again = (await api.generate({ timing: "0.25", prompt: "How tides work" })).body.job_id;
  expect(await json(`${base.url}/__emulator/ledger`)).toMatchObject({
    accepted: 2,
    refused: 1,
    spent: "1.00",
    duplicates: [{ job: again, duplicateOf: first }],
    entries: [
      { kind: "accepted", provider: "golpo", job: first, price: "0.50" },
      { kind: "refused", status: 422, why: expect.stringContaining("timing") },
      { kind: "accepted", job: again },
    ],
  });
});

test("a job takes one to three emulated minutes, by the seed", async () => {
  const lengths = new Set<number>();
  for (const seed of [1, 2, 3]) {
    const state = memoryState();
    await golpo(await emulator({ seed, speed: 60, state })).generate(request());
    for (const record of state.read(0).records)
      if (record.kind === "accepted") lengths.add(Math.round(record.endsAt - record.at));
  }
  expect(lengths.size).toBe(3);
  for (const length of lengths) {
    expect(length).toBeGreaterThanOrEqual(1000);
    expect(length).toBeLessThanOrEqual(3000);
  }
});

test("every request can be watched, at the API and at the storage", async () => {
  const seen: string[] = [];
  const base = await emulator({ onRequest: ({ method, url }) => seen.push(`${method} ${new URL(url).pathname}`) });
  const { upload_url } = (await golpo(base).upload("a.png", "x")).body;
  await fetch(String(upload_url), { method: "PUT", body: "x", headers: { "Content-Type": "image/png" } });
  expect(seen).toEqual(["POST /golpo/api/v1/videos/upload-file", expect.stringMatching(/^PUT \/golpo\/uploads\//)]);
});

test("a port that is taken is an error, and nothing is left open", async () => {
  const base = await emulator({ speed: slow });
  await expect(startEmulator({ port: Number(new URL(base.url).port) })).rejects.toThrow("EADDRINUSE");
});
