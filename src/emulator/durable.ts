import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";

/** The bytes are on the disk when this returns. */
export function writeDurably(path: string, flags: "a" | "w", bytes: Uint8Array): void {
  const file = openSync(path, flags);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The rest of a file. */
export function readFrom(path: string, from: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(fstatSync(file).size - from);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
  } finally {
    closeSync(file);
  }
}
