import type { Note } from "../model/event.ts";
import type { LockEntry, Origin } from "../model/lock.ts";
import type { Unit } from "../model/unit.ts";
import type { Doubt, Run } from "./ports.ts";

export const note = ({ ports }: Run, { id }: Unit, news: Note): Promise<void> =>
  ports.tell({ kind: "note", id, note: news });

/** News of a doubt: of its unit, or of what no spec here asks for. */
export const doubtNote = ({ ports }: Run, { id, request }: Doubt, news: Note): Promise<void> =>
  ports.tell({ kind: "note", id, note: news, ...(request === undefined ? { unasked: true } : {}) });

export const became = ({ ports }: Run, { id, spec }: Unit, entry: LockEntry): Promise<void> =>
  ports.tell({ kind: "became", id, spec, entry });

/** An emulated result says so wherever it is written, so that it can never stand in for a paid one. */
export const origin = ({ options }: Run): Origin => (options.emulated ? "emulated" : "generated");
