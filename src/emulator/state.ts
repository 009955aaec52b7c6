import { sha256 } from "./canonical.ts";
import type { StateRecord } from "./record.ts";

/** Where the emulator remembers. Several emulators may share one memory at the same time. */
export interface State {
  /** What was appended, by whomever, from a place on; 0 is the beginning. */
  read(from: number): Pages;
  /** The record is durable when this returns. */
  append(record: StateRecord): void;
  /** Keeps bytes under their own sha256, and answers it. */
  keep(bytes: Uint8Array): string;
  kept(sha256: string): Uint8Array | undefined;
}

interface Pages {
  readonly records: readonly StateRecord[];
  /** From where to read on. */
  readonly next: number;
}

/** A memory that dies with the process. */
export function memoryState(): State {
  const records: StateRecord[] = [];
  const files = new Map<string, Uint8Array>();
  return {
    read: (from) => ({ records: records.slice(from), next: records.length }),
    append: (record) => void records.push(record),
    keep(bytes) {
      const name = sha256(bytes);
      files.set(name, bytes);
      return name;
    },
    kept: (name) => files.get(name),
  };
}
