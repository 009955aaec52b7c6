import { pbkdf2 } from "node:crypto";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";

const derive = promisify(pbkdf2);

/** Keeps the threads busy that Node's asynchronous file calls run on, as a slow disk does, until `work` is done. */
export async function withBusyThreads<T>(work: () => Promise<T>): Promise<T> {
  let done = false;
  const busy = Array.from({ length: 8 }, async () => {
    while (!done) await derive("words", "salt", 5_000, 32, "sha512");
  });
  try {
    return await work();
  } finally {
    done = true;
    await Promise.all(busy);
  }
}

type Write = (fd: number, bytes: Uint8Array, offset: number) => number;

/** Puts a disk of the test's making under `writeSync` until `work` is done. */
export async function withDisk<T>(disk: (write: Write) => Write, work: () => Promise<T>): Promise<T> {
  const real = fs.writeSync;
  const made = disk((fd, bytes, offset) => real(fd, bytes, offset));
  fs.writeSync = ((fd: number, bytes: Uint8Array, offset?: number | null) =>
    made(fd, bytes, offset ?? 0)) as typeof real;
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    fs.writeSync = real;
    syncBuiltinESMExports();
  }
}
