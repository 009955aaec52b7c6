import type { StateRecord } from "./record.ts";
import type { State } from "./state.ts";

/** Everything that happened, in memory for reading and in the state for good. */
export interface Log {
  readonly records: readonly StateRecord[];
  append(record: StateRecord): void;
}

export function openLog(state: State): Log {
  const records = [...state.load()];
  return {
    records,
    append(record) {
      state.append(record);
      records.push(record);
    },
  };
}
