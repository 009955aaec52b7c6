import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./canonical.ts";
import { readFrom, writeDurably } from "./durable.ts";
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
  closeSync(openSync(path, "a"));
  dropTornLine(path);
  return {
    read(from) {
      if (statSync(path).size <= from) return { records: [], next: from };
      const bytes = readFrom(path, from);
      const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
      const lines = whole.toString("utf8").split("\n").slice(0, -1);
      return { records: lines.map((line) => parse(line, path)), next: from + whole.length };
    },
    append: (record) => writeDurably(path, "a", Buffer.from(`${JSON.stringify(record)}\n`)),
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

function dropTornLine(path: string): void {
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

function parse(line: string, path: string): StateRecord {
  try {
    return JSON.parse(line) as StateRecord;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${path}: damaged at ${JSON.stringify(line.slice(0, 60))}; delete the folder to begin anew`);
  }
}
