import { createHash, type Hash } from "node:crypto";
import { ftruncateSync, writeSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";

/**
 * A file that is being received. It has its final name only once it is whole and on the disk. What comes is written
 * before `append` returns: it is called where nothing can be waited for, and the sender waits meanwhile.
 */
export interface Part {
  readonly path: string;
  bytes(): number;
  append(chunk: Uint8Array): void;
  /** Forgets what came so far. */
  restart(): void;
  /** Gives the file its name and answers its sha256. */
  finish(): Promise<string>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

export async function openPart(destination: string): Promise<Part> {
  const path = `${destination}.part`;
  await rm(path, { force: true });
  const file = await open(path, "ax");
  let hash: Hash = createHash("sha256");
  let bytes = 0;
  return {
    path,
    bytes: () => bytes,
    append(chunk) {
      // A write may take less than it was given.
      for (let written = 0; written < chunk.length; ) written += writeSync(file.fd, chunk, written);
      hash.update(chunk);
      bytes += chunk.length;
    },
    restart() {
      ftruncateSync(file.fd, 0);
      hash = createHash("sha256");
      bytes = 0;
    },
    async finish() {
      await file.sync();
      const { size } = await file.stat();
      await file.close();
      if (size !== bytes) throw new Error(`${bytes} bytes were written and ${size} are there: is the disk full?`);
      await rename(path, destination);
      return hash.digest("hex");
    },
    async discard() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
