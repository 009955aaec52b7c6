import type { LockEntry } from "../model/lock.ts";
import type { ResultRow } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import type { Outcome } from "../schema/result.types.ts";

/** What a row came to: the planned action, seen together with the lock before and after. */
export function outcomeOf(row: ResultRow): Outcome {
  const { action } = row.planned;
  if (row.turnedAway !== undefined) return "turned-away";
  switch (action.kind) {
    case "keep":
      return "kept";
    case "hold":
      return "held";
    case "forget":
      return row.after === undefined ? "forgotten" : "not-begun";
    case "move":
      return row.after === undefined ? "not-begun" : "moved";
    case "update":
      return row.after !== undefined && carries(row.after, action.unit) ? "updated" : "not-begun";
    case "reuse":
      return begun(row, action.unit, "reused");
    case "create":
    case "replace":
      return begun(row, action.unit, "generated");
    case "resume":
      return row.after === undefined ? "not-begun" : ended(row.after, "generated");
  }
}

function begun({ before, after }: ResultRow, unit: Unit, done: Outcome): Outcome {
  const untouched = after === undefined || JSON.stringify(after) === JSON.stringify(before);
  return untouched || after.digest !== unit.digest ? "not-begun" : ended(after, done);
}

const ended = (entry: LockEntry, done: Outcome): Outcome =>
  (({ ready: done, submitted: "running", failed: "failed", unknown: "unknown" }) as const)[entry.state];

const carries = (entry: LockEntry, { metadata }: Unit): boolean =>
  (metadata.title === undefined || metadata.title === entry.metadata.title) &&
  (metadata.visibility === undefined || metadata.visibility === entry.metadata.visibility);
