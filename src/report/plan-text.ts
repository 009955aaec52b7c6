import type { PlanDocument, PlannedAction, PlannedUpload, PlanWarning } from "../schema/plan.types.ts";
import { adviceOnHold } from "./advice.ts";
import { displayWidth, padEnd, padStart, widest, wrapped } from "./columns.ts";
import { planCounts } from "./counts.ts";
import { diffText } from "./diff-text.ts";
import { shortCommit, shortDigest, shortHash } from "./digest-text.ts";
import { estimateText, isFree, monthText, totalText } from "./money-text.ts";
import { afterPlan } from "./next-command.ts";
import { type Paint, paintOf, type Style } from "./paint.ts";
import { plain } from "./phrase.ts";
import { printable } from "./printable.ts";
import { longChanges, reasonOf } from "./reason.ts";
import { signs } from "./signs.ts";
import { sizeText } from "./size-text.ts";

/** The plan for a terminal: one line for each unit that changes, the sum, and the one command to run next. */
export function planText(document: PlanDocument, style: Style): string {
  const next = afterPlan(printable(document, style.target));
  return sections([
    [intentText(document, style)],
    next === undefined ? [] : [`${paintOf(style)("dim", "next:")} ${next}`],
  ]);
}

/** The same without the last line: what a run says before it begins. */
export function intentText(document: PlanDocument, style: Style): string {
  const plan = printable(document, style.target);
  const paint = paintOf(style);
  return sections([
    [heading(plan, paint)],
    actionLines(plan.actions, style),
    uploadLines(plan.uploads, paint),
    plan.warnings.flatMap((warning) => warningLines(warning, paint)),
    sumLines(plan, style),
  ]);
}

/** Parts with an empty line between them; parts without lines are left out. */
export const sections = (parts: readonly (readonly string[])[]): string =>
  parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");

function heading({ digest, head, emulated }: PlanDocument, paint: Paint): string {
  const commit = head === undefined ? "" : ` for ${shortCommit(head)}`;
  return `plan ${paint("bold", shortDigest(digest))}${commit}${emulated ? " (emulated: nothing is sent or paid)" : ""}`;
}

/** One line for each action but the unchanged, with what explains it beneath. */
export function actionLines(actions: readonly PlannedAction[], style: Style): readonly string[] {
  const shown = actions.filter(({ kind }) => kind !== "keep");
  const units = Math.min(48, widest(shown.map(({ unit }) => unit)));
  const prices = widest(shown.map(priceOf));
  const room = style.width - units - prices - 8;
  const reasons = Math.max(24, Math.min(room, widest(shown.map((action) => plain(reasonOf(action))))));
  return shown.flatMap((action) => actionBlock(action, { units, reasons, prices }, style));
}

function actionBlock(
  action: PlannedAction,
  columns: { readonly units: number; readonly reasons: number; readonly prices: number },
  style: Style,
): readonly string[] {
  const paint = paintOf(style);
  const { sign, ink } = signs[action.kind];
  const [first = "", ...rest] = wrapped(oneLine(plain(reasonOf(action))), columns.reasons);
  const price = padStart(priceOf(action), columns.prices);
  const unit = padEnd(oneLine(action.unit), columns.units);
  const inked = action.estimate.kind === "unknown" ? paint("yellow", price) : price;
  const indent = " ".repeat(columns.units + 6);
  const diffs = longChanges(action.because).flatMap((change) =>
    diffText(change, { paint, columns: style.width - 6, words: 8 }),
  );
  return [
    `  ${paint(ink, sign)} ${unit}  ${padEnd(first, columns.reasons)}  ${inked}`.trimEnd(),
    ...rest.map((line) => `${indent}${line}`),
    ...diffs.map((line) => `      ${line}`),
    ...explanation(action, style).map((line) => `      ${line}`),
  ];
}

/** What a person should know beyond the reason: of a hold what to do, of an unknown price why it is unknown. */
function explanation({ because, estimate, unit, provider }: PlannedAction, style: Style): readonly string[] {
  const paint = paintOf(style);
  const lines = because.kind === "failed" ? wrapped(`${provider}: ${because.message}`, style.width - 6) : [];
  const advice = adviceOnHold(because, { unit, provider });
  if (advice !== undefined) {
    const text = wrapped(plain(advice.text), style.width - 6);
    return [...lines, ...text, ...(advice.command === undefined ? [] : [paint("cyan", advice.command)])];
  }
  return estimate.kind === "unknown" ? wrapped(`price unknown: ${estimate.because}`, style.width - 6) : lines;
}

function priceOf({ kind, estimate }: PlannedAction): string {
  if (kind === "hold" || kind === "forget") return "";
  return isFree(estimate) ? "$0" : estimateText(estimate);
}

function uploadLines(uploads: readonly PlannedUpload[], paint: Paint): readonly string[] {
  if (uploads.length === 0) return [];
  const paths = widest(uploads.map(({ path }) => path));
  const sizes = widest(uploads.map(({ bytes }) => sizeText(bytes)));
  return [
    paint("bold", uploads.length === 1 ? "1 file leaves this machine" : `${uploads.length} files leave this machine`),
    ...uploads.map(({ path, bytes, mediaType, sha256 }) => {
      const size = padStart(sizeText(bytes), sizes);
      return `  ${padEnd(oneLine(path), paths)}  ${size}  ${mediaType}  sha256 ${shortHash(sha256)}`;
    }),
  ];
}

const warningLines = ({ file, line, column, message, hint }: PlanWarning, paint: Paint): readonly string[] => [
  `${file}:${line}:${column} ${paint("yellow", "warning")} ${oneLine(message)}`,
  ...(hint === undefined ? [] : [`  hint: ${oneLine(hint)}`]),
];

function sumLines(plan: PlanDocument, style: Style): readonly string[] {
  const counts = planCounts(plan.totals);
  const what = counts.length === 0 ? "nothing to do" : counts.join(", ");
  const spends = plan.actions.some(({ kind, estimate }) => kind !== "hold" && !isFree(estimate));
  const estimated = `${plan.emulated ? "emulated estimate" : "estimated"} ${totalText(plan.totals)}`;
  return beside(what, `${spends ? estimated : "costs nothing"}${monthText(plan)}`, style);
}

/** The counts and the money, on one line where they fit. */
export function beside(counts: string, money: string, style: Style): readonly string[] {
  const paint = paintOf(style);
  const fits = displayWidth(`${counts} · ${money}`) <= style.width;
  return fits ? [`${paint("bold", counts)} · ${money}`] : [paint("bold", counts), money];
}

export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");
