import { sha256 } from "./canonical.ts";
import type { StateRecord } from "./record.ts";

/** Where the emulator remembers. A record is durable when `append` returns. */
export interface State {
  load(): readonly StateRecord[];
  append(record: StateRecord): void;
  /** Keeps bytes under their own sha256, and answers it. */
  keep(bytes: Uint8Array): string;
  kept(sha256: string): Uint8Array | undefined;
}

/** A memory that dies with the process. */
export function memoryState(): State {
  const records: StateRecord[] = [];
  const files = new Map<string, Uint8Array>();
  return {
    load: () => [...records],
    append: (record) => void records.push(record),
    keep(bytes) {
      const name = sha256(bytes);
      files.set(name, bytes);
      return name;
    },
    kept: (name) => files.get(name),
  };
}
