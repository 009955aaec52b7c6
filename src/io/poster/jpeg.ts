export interface Size {
  readonly width: number;
  readonly height: number;
}

const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const scan = 0xda;

/** How large a JPEG is by its own frame header. Undefined for what is no JPEG, or is cut off before its end. */
export function jpegSize(bytes: Buffer): Size | undefined {
  const ends = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
  if (!ends) return undefined;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === scan) return undefined;
    if (frames.has(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
}
