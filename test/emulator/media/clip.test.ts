import { createHash } from "node:crypto";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { describe, expect, test } from "vitest";
import { clip } from "../../../src/emulator/media/clip.ts";

const look = { text: "How tides work", label: "golpo 5e5e5e5e", hash: "5e".repeat(32), width: 480, height: 320 };
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("a clip", () => {
  test.each([15, 30, 120, 600, 7.3, 0.1])(
    "of %d seconds lasts exactly that long, with pictures and sound",
    async (seconds) => {
      const input = new Input({ source: new BufferSource(clip(look, seconds)), formats: ALL_FORMATS });
      const video = await input.getPrimaryVideoTrack();
      const audio = await input.getPrimaryAudioTrack();
      expect(await input.computeDuration()).toBeCloseTo(seconds, 3);
      expect(await video?.computeDuration()).toBeCloseTo(seconds, 3);
      expect(await audio?.computeDuration()).toBeCloseTo(seconds, 3);
      expect(video).toMatchObject({ codec: "avc", displayWidth: 480, displayHeight: 320 });
      expect(audio).toMatchObject({ codec: "aac", sampleRate: 48_000, numberOfChannels: 1 });
    },
  );

  test("has the same bytes everywhere and always", () => {
    expect(sha256(clip(look, 15))).toBe("d01562b59cbe93e06cd217efdf6a8376419dc82f8271f1cea31fc4c5fdb80e19");
  });

  test.each([
    ["text", { text: "How winds work" }],
    ["hash", { hash: "5f".repeat(32) }],
    ["label", { label: "golpo 00000000" }],
  ])("differs when its %s differs", (_, change) => {
    expect(sha256(clip({ ...look, ...change }, 1))).not.toBe(sha256(clip(look, 1)));
  });

  test("of two minutes stays under two megabytes", () => {
    expect(clip({ ...look, text: look.text.repeat(20) }, 120).length).toBeLessThan(2_000_000);
  });
});
