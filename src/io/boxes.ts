import { open } from "node:fs/promises";

const mostBoxes = 100_000;
const smallHead = 8;
const largeHead = 16;

/**
 * Whether the top-level boxes of an MP4 follow one another to exactly the file's end, with the film's table and its
 * data among them. A file that was cut, padded or swapped fails.
 */
export async function endsWithItsBoxes(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { size: end } = await file.stat();
    const head = Buffer.alloc(largeHead);
    const seen = new Set<string>();
    let offset = 0;
    for (let boxes = 0; offset < end && boxes < mostBoxes; boxes++) {
      const { bytesRead } = await file.read(head, 0, largeHead, offset);
      if (bytesRead < smallHead) return false;
      const declared = head.readUInt32BE(0);
      const size = declared === 0 ? end - offset : declared === 1 ? Number(head.readBigUInt64BE(8)) : declared;
      if (size < (declared === 1 ? largeHead : smallHead) || offset + size > end) return false;
      seen.add(head.toString("latin1", 4, 8));
      offset += size;
    }
    return offset === end && seen.has("moov") && (seen.has("mdat") || seen.has("moof"));
  } finally {
    await file.close();
  }
}
