import type { StateRecord } from "./record.ts";
import type { State } from "./state.ts";

/** Everything that happened, in memory for reading and in the state for good. */
export interface Log {
  /** Also what another emulator on the same memory appended meanwhile. */
  records(): readonly StateRecord[];
  append(record: StateRecord): void;
}

/** Asked again and again, it tells every record once, in their order. */
export function news(log: Log): () => readonly StateRecord[] {
  let told = 0;
  return () => {
    const fresh = log.records().slice(told);
    told += fresh.length;
    return fresh;
  };
}

export function openLog(state: State): Log {
  const records: StateRecord[] = [];
  let next = 0;
  return {
    records() {
      const pages = state.read(next);
      for (const record of pages.records) records.push(record);
      next = pages.next;
      return records;
    },
    append: (record) => state.append(record),
  };
}
