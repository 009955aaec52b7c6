import type { PlannedAction } from "../schema/plan.types.ts";
import type { ResultRowDocument } from "../schema/result.types.ts";
import { cameTo, troubleOf } from "./came-to.ts";
import { padEnd, padStart, widest, wrapped } from "./columns.ts";
import { resultCounts } from "./counts.ts";
import { costText, emulatedText, spentText, totalText } from "./money-text.ts";
import { afterRun, claimsAfter } from "./next-command.ts";
import { type Paint, paintOf, type Style } from "./paint.ts";
import { plain } from "./phrase.ts";
import { beside, oneLine, sections } from "./plan-text.ts";
import { printable } from "./printable.ts";
import { came, type ResultDocument } from "./result-document.ts";
import { outcomeSigns } from "./signs.ts";
import { unaskedCounts, unaskedLines } from "./unasked-text.ts";

/** What a run did, for a terminal: what succeeded and where it is, what it cost, what failed, and what to run next. */
export function resultText(document: ResultDocument, style: Style): string {
  const result = printable(document, style.target);
  const paint = paintOf(style);
  const next = afterRun(result);
  const claims = claimsAfter(result);
  return sections([
    [...rowLines(result, style), ...unaskedLines(result.unasked ?? [], style)],
    sumLines(result, style),
    [
      ...(next === undefined ? [] : [`${paint("dim", "next:")} ${next}`]),
      ...(claims === undefined ? [] : [`${paint("dim", "charged for nothing?")} ${claims}`]),
    ],
  ]);
}

function rowLines(result: ResultDocument, style: Style): readonly string[] {
  const rows = came(result).filter(({ row }) => row.outcome !== "kept");
  const units = Math.min(48, widest(rows.map(({ row }) => row.unit)));
  const costs = widest(rows.map(({ row }) => costOf(row)));
  return rows.flatMap(({ action, row }) => rowBlock(action, row, { units, costs }, style));
}

function rowBlock(
  action: PlannedAction,
  row: ResultRowDocument,
  columns: { readonly units: number; readonly costs: number },
  style: Style,
): readonly string[] {
  const paint = paintOf(style);
  const { sign, ink } = outcomeSigns[row.outcome];
  const unit = padEnd(oneLine(row.unit), columns.units);
  const head = `  ${paint(ink, sign)} ${unit}  ${padStart(costOf(row), columns.costs)}  `;
  return [
    `${head}${oneLine(plain(cameTo(action, row)))}`.trimEnd(),
    ...[...fileLines(row, paint), ...troubleLines(action, row, style)].map((line) => `      ${line}`),
  ];
}

const costOf = ({ actual }: ResultRowDocument): string => (actual === undefined ? "" : costText(actual));

function fileLines({ outcome, after }: ResultRowDocument, paint: Paint): readonly string[] {
  if (after?.outputs === undefined || !["generated", "reused", "moved"].includes(outcome)) return [];
  const roles = widest(after.outputs.map(({ role }) => role));
  return after.outputs.map(({ role, url }) => `${paint("dim", padEnd(role, roles))}  ${oneLine(url)}`);
}

function troubleLines(action: PlannedAction, row: ResultRowDocument, style: Style): readonly string[] {
  const trouble = troubleOf(action, row);
  if (trouble === undefined) return [];
  const { provider, message, advice } = trouble;
  return [
    ...(message === undefined ? [] : wrapped(`${provider}: ${message}`, style.width - 6)),
    ...(advice === undefined ? [] : wrapped(plain(advice.text), style.width - 6)),
    ...(advice?.command === undefined ? [] : [paintOf(style)("cyan", advice.command)]),
  ];
}

function sumLines({ plan, totals, unasked = [] }: ResultDocument, style: Style): readonly string[] {
  const counts = [...resultCounts(totals), ...unaskedCounts(unasked)];
  const what = counts.length === 0 ? "nothing to do" : counts.join(", ");
  if (plan.emulated) return beside(what, `emulated: ${emulatedText(totals)}`, style);
  if (totals.costs.length === 0 && totals.uncosted === 0)
    return beside(what, unasked.length === 0 ? "cost nothing" : "cost nothing more", style);
  return beside(what, `cost ${spentText(totals)} · was estimated at ${totalText(plan.totals)}`, style);
}
