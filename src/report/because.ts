import type { Action, HoldReason } from "../model/plan.ts";
import type { Because } from "../schema/plan.types.ts";

/** Why a plan does this and no other thing to a unit, as plan files say it. */
export function becauseOf(action: Action): Because {
  switch (action.kind) {
    case "create":
      return { kind: action.because };
    case "replace":
      return { kind: "changed", changes: action.because.map((change) => ({ ...change })) };
    case "update":
      return { kind: "changed", changes: action.changes.map((change) => ({ ...change })) };
    case "resume":
      if (action.of.kind === "running") {
        return { kind: "running", job: action.of.job.id, since: action.of.submittedAt };
      }
      if (action.of.kind === "unsettled") {
        return { kind: "unknown", attempt: action.of.attempt.id, since: action.of.attempt.submittedAt };
      }
      return { kind: "in-doubt", attempt: action.of.attempt.id, since: action.of.attempt.claimedAt };
    case "reuse":
      if ("completedAt" in action.from) {
        return { kind: "made-before", unit: action.from.unit, completedAt: action.from.completedAt };
      }
      return { kind: "same-as", unit: action.from.unit };
    case "move":
      return { kind: "renamed", from: action.from, fromSpec: action.fromSpec };
    case "hold":
      return held(action.because);
    case "keep":
      return { kind: "unchanged" };
    case "forget":
      return { kind: "unwanted" };
  }
}

const held = (reason: HoldReason): Because => ({ ...reason });
