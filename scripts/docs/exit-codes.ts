import { bySeverity, exit } from "../../src/commands/exit.ts";
import { code, table } from "./table.ts";

const meanings = {
  done: "done, or nothing to do",
  failed: "some units failed, or locks or journal could not be written where they must be",
  changes: "there is something to do (`check`, and `plan --detailed-exitcode`)",
  wrongInput: "specs, project file or lockfiles are wrong",
  refused: "refused: budget, `protect`, a key that is missing or wrong, or nobody agreed to spend",
  stale: "the plan is not the one that was approved",
  humanNeeded: "a person is needed: a submit whose fate nobody knows",
  running: "jobs still run at the provider, or another run is at work on them",
  usage: "the command line makes no sense",
  bug: "a bug in Reelform",
  interrupted: "interrupted by a signal",
} as const satisfies Record<keyof typeof exit, string>;

/** The exit codes, and which of several is the process's own. */
export function exitCodes(): string {
  const rows = Object.entries(meanings).map(([name, meaning]) => [
    code(String(exit[name as keyof typeof exit])),
    meaning,
  ]);
  const order = bySeverity(Object.values(exit)).map(String);
  return `${table(["code", "means"], rows)}\n\nWhere several apply, the first of these is the process's own: ${order.join(", ")}.`;
}
