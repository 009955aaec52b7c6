import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/server.ts";
import { download } from "../../src/io/http/download.ts";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import { mediaFacts } from "../../src/io/media.ts";
import type { RemoteOutput } from "../../src/model/job.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Upload } from "../../src/model/provider.ts";
import { viddyscribe } from "../../src/providers/viddyscribe/viddyscribe.ts";
import { film } from "../emulator/viddyscribe-client.ts";
import { half, intent, testClock } from "../io/http/world.ts";
import { lifecycle } from "./lifecycle.ts";

const address = { input: "https://films.example/tour.mp4", format: "vtt" };
lifecycle({ provider: viddyscribe, operation: "video", with: { ...address, ad_type: "extended_ad" } });
lifecycle({ provider: viddyscribe, operation: "audio", with: address });

describe("a film of ours", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ speed: 6000, seed: 7 });
  });
  afterAll(() => emulator.close());

  const access = () => ({
    provider: viddyscribe,
    key: "vsk_emulated",
    baseUrl: `${emulator.url}/viddyscribe/enterprise/api/`,
    emulated: true,
    random: half,
    clock: testClock(Date.now()),
  });
  const file = (bytes: Uint8Array): Upload => ({
    name: "tour.mp4",
    mediaType: "video/mp4",
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });

  async function reached(bytes: Uint8Array): Promise<Json> {
    const wire = openWire(access());
    let now = await viddyscribe.upload?.send(file(bytes), wire);
    while (now?.state === "checking") now = await viddyscribe.upload?.check?.(now.names, wire);
    return now?.value ?? null;
  }

  async function made(operation: string, fields: JsonObject): Promise<readonly RemoteOutput[]> {
    const claim = { ...intent(Date.now() + 60_000), provider: viddyscribe.name };
    const { job } = await viddyscribe.submit({ operation, with: fields, metadata: {} }, openPaidWires(access())(claim));
    for (;;) {
      const status = await viddyscribe.poll(job, openWire(access()));
      if (status.state === "failed") throw new Error(status.message);
      if (status.state === "done") return status.outputs;
    }
  }

  async function kept(outputs: readonly RemoteOutput[], role: string) {
    const output = outputs.find((one) => one.role === role);
    if (output === undefined) throw new Error(`no ${role} among the outputs`);
    const path = join(mkdtempSync(join(tmpdir(), "film-")), "file");
    await download(output.source, path, access());
    return mediaFacts(path);
  }

  test("is sent once, and text, track and films are made of it", async () => {
    const input = await reached(film(16));
    expect(input).toMatch(/^media:[0-9a-f-]{36}$/);

    const text = await made("text", { input, format: "json", ad_type: "extended_ad" });
    expect(text.map(({ role }) => role)).toEqual(["data"]);
    expect(await kept(text, "data")).toMatchObject({ mediaType: "application/json" });

    const track = await made("audio", { input, format: "srt" });
    expect(track.map(({ role }) => role)).toEqual(["audio", "captions"]);
    expect(await kept(track, "audio")).toMatchObject({ mediaType: "audio/wav", seconds: 16 });
    expect(await kept(track, "captions")).toMatchObject({ extension: "srt" });

    const standard = await made("video", { input, format: "vtt", ad_type: "standard_ad" });
    expect(standard.map(({ role }) => role)).toEqual(["video", "audio", "captions"]);
    expect(await kept(standard, "video")).toMatchObject({ mediaType: "video/mp4", seconds: 16 });
    expect(await kept(standard, "captions")).toMatchObject({ mediaType: "text/vtt" });

    const extended = await made("video", { input, format: "edl", ad_type: "extended_ad" });
    expect(extended.map(({ role }) => role)).toEqual(["video", "captions"]);
    expect((await kept(extended, "video")).seconds).toBeGreaterThan(16);
    expect(await kept(extended, "captions")).toMatchObject({ mediaType: "text/plain" });
  });

  test("too large for one piece goes to the storage, and is known again the next time", async () => {
    const room = new Uint8Array(32_000_000);
    new DataView(room.buffer).setUint32(0, room.length);
    room.set(new TextEncoder().encode("free"), 4);
    const large = Buffer.concat([film(3), room]);
    const input = await reached(large);
    expect(await reached(large)).toBe(input);
    const outputs = await made("video", { input, format: "json", ad_type: "standard_ad" });
    expect(await kept(outputs, "video")).toMatchObject({ seconds: 3 });
  });

  test("that is no film is found out before anything is paid", async () => {
    const before = emulator.ledger().length;
    const small = viddyscribe.upload?.send(file(new TextEncoder().encode("no film")), openWire(access()));
    await expect(small).rejects.toMatchObject({ class: "invalid", status: 415 });
    await expect(reached(new Uint8Array(32_000_000))).rejects.toMatchObject({ class: "invalid", outcome: "refused" });
    expect(emulator.ledger()).toHaveLength(before);
  });
});
