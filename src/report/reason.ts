import type { Because, FieldChange, PlannedAction } from "../schema/plan.types.ts";
import { listed, type Phrase, say } from "./phrase.ts";

/** Why, in a few words: "new", "prompt, timing 1 → 2", "held: …". */
export function reasonOf({ unit, because }: Pick<PlannedAction, "unit" | "because">): Phrase {
  switch (because.kind) {
    case "new":
      return say`new`;
    case "emulated":
      return say`only emulated so far`;
    case "retry":
      return say`another try`;
    case "changed":
      return listed(because.changes.map(changeOf));
    case "running":
      return say`already paid for, job ${because.job}`;
    case "in-doubt":
      return say`submitted ${because.since}, answer lost: asks the provider first`;
    case "made-before":
      return because.unit === unit
        ? say`generated before, ${because.completedAt}`
        : say`same request as ${because.unit}, generated ${because.completedAt}`;
    case "same-as":
      return say`same request as ${because.unit} in this plan`;
    case "renamed":
      return say`was ${because.from}`;
    case "unwanted":
      return say`no spec wants it any more; files stay`;
    case "unchanged":
      return say`unchanged`;
    case "failed":
      return say`failed before (${because.class})`;
    case "unknown":
      return say`submitted ${because.since}, answer lost`;
    case "theirs":
      return say`another run is at work on it since ${because.since}`;
    case "upstream":
      return say`needs ${because.needs} first`;
    case "protected":
      return say`protected by its spec`;
    case "over-budget":
      return say`over budget: ${because.limit}`;
    case "unknown-price":
      return say`price unknown: ${because.because}`;
    case "policy":
      return say`against policy: ${because.rule}`;
    case "stale":
      return say`not what was approved`;
  }
}

/** Short values are told on the spot; long ones are left to a word diff. */
function changeOf(change: FieldChange): Phrase {
  if (!isShort(change)) return say`${change.field}`;
  return say`${change.field} ${quoted(change.before)} → ${quoted(change.after)}`;
}

const quoted = (value = ""): string => (/\s/.test(value) ? `"${value}"` : value);

const brief = (value: string | undefined): boolean =>
  value !== undefined && value !== "" && value.length <= 24 && !value.includes("\n");

const isShort = ({ before, after }: FieldChange): boolean => brief(before) && brief(after);

/** Changes whose values are known and too long for one line. */
export function longChanges(because: Because): readonly Required<FieldChange>[] {
  if (because.kind !== "changed") return [];
  return because.changes.flatMap((change) => {
    const { field, before, after } = change;
    return before === undefined || after === undefined || isShort(change) ? [] : [{ field, before, after }];
  });
}
