import { type Bytes, box, fullBox, u8, u16, u32, zeros } from "./box.ts";
import { sampleRate, silenceConfig } from "./silence.ts";

const reference = [...zeros(6), ...u16(1)];

/** How a player is to decode the pictures (ISO 14496-15, 5.4). */
export function videoEntry(width: number, height: number, sequence: Uint8Array, picture: Uint8Array): Uint8Array {
  const profile = sequence.subarray(1, 4);
  const sets: readonly Bytes[] = [u8(0xe1), u16(sequence.length), sequence, u8(1), u16(picture.length), picture];
  const resolution = u32(72 << 16);
  return box(
    "avc1",
    reference,
    zeros(16),
    u16(width),
    u16(height),
    resolution,
    resolution,
    zeros(4),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    box("avcC", u8(1), profile, u8(0xff), ...sets),
  );
}

/** How a player is to decode the sound: MPEG-4 audio, described by descriptors inside each other (ISO 14496-1, 7.2.6). */
export function audioEntry(): Uint8Array {
  const descriptor = (tag: number, ...content: readonly Bytes[]): readonly number[] => {
    const bytes = content.flatMap((part) => [...part]);
    return [tag, bytes.length, ...bytes];
  };
  const config = descriptor(5, silenceConfig());
  const decoder = descriptor(4, u8(0x40), u8(0x15), zeros(11), config);
  const stream = descriptor(3, u16(0), u8(0), decoder, descriptor(6, u8(2)));
  return box(
    "mp4a",
    reference,
    zeros(8),
    u16(1),
    u16(16),
    zeros(4),
    u32(sampleRate * 0x10000),
    fullBox("esds", 0, stream),
  );
}
