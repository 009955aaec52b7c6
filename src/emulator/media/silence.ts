import { BitWriter } from "./bits.ts";

/** Samples in a second, and in one AAC frame: 375 frames are exactly eight seconds. */
export const sampleRate = 48_000;
export const frameSamples = 1024;

/** AudioSpecificConfig (ISO 14496-3, 1.6.2.1): AAC-LC, 48 kHz, one channel. */
export function silenceConfig(): Uint8Array {
  const out = new BitWriter();
  out.bits(2, 5);
  out.bits(3, 4);
  out.bits(1, 4);
  out.bits(0, 3);
  return out.aligned();
}

/** An AAC-LC frame in which no frequency band is coded: one channel element with max_sfb 0, and the end mark (4.4.2). */
export function silentFrame(): Uint8Array {
  const out = new BitWriter();
  const element = { kind: 3, tag: 4, gain: 8, reserved: 1, window: 2, shape: 1, bands: 6, predictor: 1, tools: 3 };
  for (const width of Object.values(element)) out.bits(0, width);
  out.bits(0b111, 3);
  return out.aligned();
}
