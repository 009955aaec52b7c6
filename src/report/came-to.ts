import type { PlannedAction } from "../schema/plan.types.ts";
import type { ResultRowDocument } from "../schema/result.types.ts";
import { type Advice, adviceOnFailure, adviceOnHold } from "./advice.ts";
import { both, type Phrase, say } from "./phrase.ts";
import { reasonOf } from "./reason.ts";
import { outcomeSigns, signs } from "./signs.ts";

/** What became of a unit, in a few words: "generated", "failed (moderated-output)", "still running, job e8a2f411". */
export function cameTo(action: PlannedAction, { outcome, after, turnedAway, note }: ResultRowDocument): Phrase {
  switch (outcome) {
    case "generated":
      return say`generated`;
    case "updated":
      return say`updated in place`;
    case "forgotten":
      return say`forgotten`;
    case "reused":
      return both(say`reused: `, reasonOf(action));
    case "moved":
      return both(say`moved: `, reasonOf(action));
    case "running":
      return after?.job?.id === undefined ? say`still running` : say`still running, job ${after.job.id}`;
    case "failed":
      return say`failed (${after?.class ?? "unknown"})`;
    case "turned-away":
      return say`turned away (${turnedAway?.class ?? "unknown"}), nothing billed`;
    case "unknown":
      return say`may have been taken on, and billed`;
    case "held":
      return both(say`held: `, note === undefined ? reasonOf(action) : say`${note}`);
    case "not-begun":
      return note === undefined ? say`not begun` : say`not begun: ${note}`;
    case "kept":
      return say`unchanged`;
  }
}

/** What went wrong with a unit, in the provider's own words, and what a person can do about it. */
export interface Trouble {
  readonly emoji: string;
  readonly unit: string;
  readonly provider: string;
  readonly what: Phrase;
  /** The provider's own words, where it had any. */
  readonly message: string | undefined;
  readonly advice: Advice | undefined;
}

/** Undefined where nothing is wrong. */
export function troubleOf(action: PlannedAction, row: ResultRowDocument): Trouble | undefined {
  const { unit, provider, because } = action;
  const about = { emoji: outcomeSigns[row.outcome].emoji, unit, provider, what: cameTo(action, row) };
  switch (row.outcome) {
    case "failed": {
      const { message, class: failure } = row.after ?? {};
      return { ...about, message, advice: adviceOnFailure(failure ?? "unknown", action) };
    }
    case "turned-away":
      return {
        ...about,
        message: row.turnedAway?.message,
        advice: adviceOnFailure(row.turnedAway?.class ?? "unknown", action),
      };
    case "unknown":
      return { ...about, message: row.after?.message, advice: adviceOnFailure("unknown", action) };
    case "held":
      return { ...about, message: messageOf(action), advice: adviceOnHold(because, action) };
    default:
      return undefined;
  }
}

/** The same of a plan: what is on hold, and why. */
export function holdOf(action: PlannedAction): Trouble | undefined {
  if (action.kind !== "hold") return undefined;
  const { unit, provider, because } = action;
  return {
    emoji: signs.hold.emoji,
    unit,
    provider,
    what: reasonOf(action),
    message: messageOf(action),
    advice: adviceOnHold(because, action),
  };
}

const messageOf = ({ because }: PlannedAction): string | undefined =>
  because.kind === "failed" ? because.message : undefined;
