import type { Take } from "./receive.ts";

/** A body on its way in. */
export interface Gathered {
  readonly take: Take;
  bytes(): Buffer;
}

/** Keeps a body of at most `most` bytes in one piece of memory, so that a million tiny pieces cost no more than one. */
export function gather(most: number): Gathered {
  let room = Buffer.alloc(0);
  let size = 0;
  return {
    take(piece) {
      const needed = size + piece.length;
      if (needed > most) return "enough";
      if (needed > room.length) {
        const larger = Buffer.alloc(Math.min(most, 2 * needed));
        room.copy(larger, 0, 0, size);
        room = larger;
      }
      piece.copy(room, size);
      size = needed;
      return "more";
    },
    bytes: () => room.subarray(0, size),
  };
}
