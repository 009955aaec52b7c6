import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { download } from "../../../src/io/http/download.ts";
import { ProviderError } from "../../../src/providers/error.ts";
import { type RawServer, rawServer } from "./raw-server.ts";
import { withDisk } from "./slow-disk.ts";
import { half, key, provider, testClock } from "./world.ts";

let server: RawServer | undefined;
afterEach(() => server?.close());

const body = Buffer.from(Array.from({ length: 40_000 }, (_, line) => `line ${line}\n`).join(""));

async function fetching(folder: string) {
  server = await rawServer((socket) => {
    socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`), body]));
  });
  const options = { provider, key, baseUrl: server.url, clock: testClock(), random: half, emulated: false };
  return await download({ url: server.url }, join(folder, "file"), options);
}

const freshFolder = () => mkdtempSync(join(tmpdir(), "disk-"));
const pauseThread = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test("a disk that takes a little at a time gets all of it", async () => {
  const folder = freshFolder();
  let writes = 0;
  const result = await withDisk(
    (write) => (fd, bytes, offset) => {
      writes++;
      return write(fd, bytes.subarray(0, offset + 1 + ((writes * 7919) % 3000)), offset);
    },
    () => fetching(folder),
  );
  expect(writes).toBeGreaterThan(100);
  expect(result).toEqual({ sha256: createHash("sha256").update(body).digest("hex"), bytes: body.length });
  expect(readFileSync(join(folder, "file")).equals(body)).toBe(true);
});

test("a disk that holds us up loses nothing of a sender that is gone by then", async () => {
  const result = await withDisk(
    (write) => (fd, bytes, offset) => {
      pauseThread(5);
      return write(fd, bytes, offset);
    },
    () => fetching(freshFolder()),
  );
  expect(result).toEqual({ sha256: createHash("sha256").update(body).digest("hex"), bytes: body.length });
  expect(server?.requests).toHaveLength(1);
});

test("a full disk is the disk's fault: it is not tried again, and nothing is left", async () => {
  const folder = freshFolder();
  let room = 100_000;
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const failing = withDisk(
    (write) => (fd, bytes, offset) => {
      if (room === 0) throw full;
      const written = write(fd, bytes.subarray(0, Math.min(bytes.length, offset + room)), offset);
      room -= written;
      return written;
    },
    () => fetching(folder),
  );
  await expect(failing).rejects.toBe(full);
  await expect(failing).rejects.not.toBeInstanceOf(ProviderError);
  expect(server?.requests).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});
