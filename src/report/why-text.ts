import type { PlannedAction } from "../schema/plan.types.ts";
import { adviceOnHold, inRun } from "./advice.ts";
import { wrapped } from "./columns.ts";
import { diffText } from "./diff-text.ts";
import { estimateText, isFree } from "./money-text.ts";
import { paintOf, type Style } from "./paint.ts";
import { plain } from "./phrase.ts";
import { oneLine, sections } from "./plan-text.ts";
import { printable } from "./printable.ts";
import { longChanges, reasonOf } from "./reason.ts";
import { signs } from "./signs.ts";

const does = {
  create: "will be generated",
  replace: "will be generated again",
  update: "will be updated in place",
  resume: "will be resumed",
  reuse: "will get a result that exists already",
  move: "moves to its new name",
  hold: "is on hold",
  keep: "is as it should be",
  forget: "will be forgotten",
} as const satisfies Record<PlannedAction["kind"], string>;

/** Everything that is known about why one unit is planned as it is, with whole texts as word diffs. */
export function whyText(document: PlannedAction, emulated: boolean, style: Style): string {
  const action = printable(document, style.target);
  const paint = paintOf(style);
  const { kind, unit, because, estimate, provider } = action;
  const estimated = `${emulated ? "emulated estimate" : "estimated"} ${estimateText(estimate)}`;
  const price = isFree(estimate) ? "costs nothing" : estimated;
  const advice = adviceOnHold(because, action);
  return sections([
    [
      `${paint(signs[kind].ink, signs[kind].sign.trim() || "=")} ${paint("bold", oneLine(unit))} ${does[kind]} · ${price}`,
    ],
    kind === "keep" ? [] : wrapped(`because: ${oneLine(plain(reasonOf(action)))}`, style.width),
    because.kind === "failed" ? wrapped(`${provider}: ${because.message}`, style.width) : [],
    ...longChanges(because).map((change) => diffText(change, { paint, columns: style.width, words: 10_000 })),
    estimate.kind === "unknown" ? wrapped(`price unknown: ${estimate.because}`, style.width) : [],
    advice === undefined ? [] : wrapped(plain(advice.text), style.width),
    advice?.command === undefined ? [] : [`${paint("dim", "next:")} ${inRun(advice.command, emulated)}`],
  ]);
}
