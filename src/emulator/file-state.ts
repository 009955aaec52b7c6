import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { sha256 } from "./canonical.ts";
import type { StateRecord } from "./record.ts";
import type { State } from "./state.ts";

/**
 * A memory in a folder: `records.ndjson`, to which lines are added and fsynced, and the bytes of uploads under their
 * hashes. A process that was killed while it wrote leaves half a line at the end; that line is dropped, since nobody
 * was told of it.
 */
export function fileState(folder: string): State {
  const files = join(folder, "files");
  mkdirSync(files, { recursive: true });
  const path = join(folder, "records.ndjson");
  return {
    load: () => dropTornLine(path).map((line, index) => parse(line, `${path}:${index + 1}`)),
    append: (record) => writeDurably(path, "a", `${JSON.stringify(record)}\n`),
    keep(bytes) {
      const name = sha256(bytes);
      const target = join(files, name);
      if (existsSync(target)) return name;
      writeDurably(`${target}.part`, "w", bytes);
      renameSync(`${target}.part`, target);
      return name;
    },
    kept(name) {
      const target = join(files, name);
      return existsSync(target) ? readFileSync(target) : undefined;
    },
  };
}

/** The whole lines of the file, which afterwards ends with the last of them. */
function dropTornLine(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) cut(path, whole);
  return bytes
    .subarray(0, whole)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function cut(path: string, length: number): void {
  const file = openSync(path, "r+");
  ftruncateSync(file, length);
  closeSync(file);
}

function parse(line: string, place: string): StateRecord {
  try {
    return JSON.parse(line) as StateRecord;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${place}: this line of the emulator's memory is damaged; delete the folder to begin anew`);
  }
}

function writeDurably(path: string, flags: "a" | "w", content: string | Uint8Array): void {
  const file = openSync(path, flags);
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
