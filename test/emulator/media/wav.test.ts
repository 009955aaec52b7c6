import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { expect, test } from "vitest";
import { wav } from "../../../src/emulator/media/wav.ts";

test("a WAV lasts as long as asked and can be heard", async () => {
  const bytes = wav("5e".repeat(32), 15);
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  expect(await input.computeDuration()).toBe(15);
  expect(await input.getPrimaryAudioTrack()).toMatchObject({ numberOfChannels: 1, sampleRate: 8000 });
  const samples = bytes.subarray(44);
  expect(Math.max(...samples.subarray(0, 4000)) - Math.min(...samples.subarray(0, 4000))).toBeGreaterThan(100);
});

test("a WAV's tune depends on the hash alone", () => {
  expect(wav("5e".repeat(32), 2)).toEqual(wav("5e".repeat(32), 2));
  expect(wav("5f".repeat(32), 2)).not.toEqual(wav("5e".repeat(32), 2));
});
