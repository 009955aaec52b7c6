import { goesOn, unresolved } from "../model/journal.ts";
import { type HoldReason, type Plan, paid } from "../model/plan.ts";
import type { ResultRow, UnaskedRow } from "../model/result.ts";
import { bySeverity, type ExitCode, exit } from "./exit.ts";

/** Everything that a run came to, gravest first. */
export function exitCodes(plan: Plan, rows: readonly ResultRow[], unasked: readonly UnaskedRow[]): readonly ExitCode[] {
  const codes = rows.flatMap(codesOf);
  const expected = plan.actions.filter(({ action }) => paid(action)).length;
  const did = rows.filter(
    (row) => paid(row.planned.action) && row.after !== undefined && row.after.digest === digest(row),
  ).length;
  // A run that was to pay for something and did nothing at all must never look like success.
  if (expected > 0 && did === 0 && codes.length === 0) codes.push(exit.failed);
  return bySeverity([...codes, ...unasked.map(ofUnasked), exit.done]);
}

const digest = ({ planned: { action } }: ResultRow): string | undefined =>
  action.kind === "forget" ? undefined : action.unit.digest;

function codesOf({ planned: { action }, after, note, turnedAway }: ResultRow): ExitCode[] {
  if (action.kind === "forget" || action.kind === "keep") return [];
  if (action.kind === "hold") return [ofHold[action.because.kind]];
  if (turnedAway !== undefined) return [exit.failed];
  const current = after?.digest === action.unit.digest ? after : undefined;
  switch (current?.state) {
    case "submitted":
      return [exit.running];
    case "failed":
      return [exit.failed];
    case "unknown":
      return [exit.humanNeeded];
    case "ready":
      return note !== undefined && action.kind === "update" ? [exit.failed] : [];
    case undefined:
      return [exit.running];
  }
}

function ofUnasked({ attempt }: UnaskedRow): ExitCode {
  // Where nothing was begun, nothing is the matter.
  if (attempt.state === "failed" && !attempt.begun) return exit.done;
  // A later run looks again.
  if (unresolved(attempt) && goesOn(attempt)) return exit.running;
  return ofState[attempt.state];
}

const ofState = {
  claimed: exit.humanNeeded,
  unknown: exit.humanNeeded,
  submitted: exit.running,
  failed: exit.failed,
  ready: exit.done,
} as const satisfies Record<UnaskedRow["attempt"]["state"], ExitCode>;

const ofHold = {
  failed: exit.failed,
  unknown: exit.humanNeeded,
  theirs: exit.running,
  upstream: exit.failed,
  protected: exit.refused,
  "over-budget": exit.refused,
  "unknown-price": exit.refused,
  policy: exit.refused,
  stale: exit.stale,
} as const satisfies Record<HoldReason["kind"], ExitCode>;
