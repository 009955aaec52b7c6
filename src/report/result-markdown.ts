import type { PlanDocument, PlannedAction } from "../schema/plan.types.ts";
import type { OutputDocument, ResultRowDocument } from "../schema/result.types.ts";
import { cameTo, troubleOf } from "./came-to.ts";
import { resultCounts } from "./counts.ts";
import type { Section } from "./fit.ts";
import { joined, link, type Markdown, md, ours, picture } from "./markdown.ts";
import { costText, emulatedText, spentText, totalText } from "./money-text.ts";
import { marked } from "./phrase.ts";
import { estimateHead, type Heading, identity, month, planCells, verdict } from "./plan-markdown.ts";
import { came, type ResultDocument } from "./result-document.ts";
import { diffs, troubles, uploads, warnings } from "./sections.ts";
import { outcomeSigns } from "./signs.ts";
import { unaskedCounts } from "./unasked-text.ts";

/** What a reviewer reads first: the verdict, the money, and which plan was carried out. */
export function resultHead({ plan, totals, unasked = [] }: ResultDocument, heading: Heading): Markdown {
  const money = plan.emulated
    ? ours(`**emulated: ${emulatedText(totals)}**`)
    : md`**Cost ${ours(spentText(totals))}** · was estimated at ${ours(totalText(plan.totals))}`;
  return joined(
    [
      verdict([...resultCounts(totals), ...unaskedCounts(unasked)], heading),
      md`${money}${month(plan)}`,
      identity(plan),
    ],
    "\n",
  );
}

/** The rest of a result, in order of survival. */
export function resultSections(result: ResultDocument): readonly Section[] {
  const rows = came(result);
  return [
    troubles(rows.flatMap(({ action, row }) => troubleOf(action, row) ?? [])),
    table(rows, result.plan),
    pictures(result.filesArePublic === true ? rows : []),
    uploads(result.plan.uploads),
    warnings(result.plan.warnings),
    diffs(result.plan.actions),
  ];
}

type Rows = ReturnType<typeof came>;

const table = (rows: Rows, { emulated }: PlanDocument): Section => ({
  of: ours("videos"),
  before: md`| | Video | Step | Why | ${estimateHead(emulated)} | ${ours(emulated ? "Emulated cost" : "Actual")} | Result |\n|---|---|---|---|---:|---:|---|\n`,
  rows: rows
    .filter(({ row }) => row.outcome !== "kept")
    .map(({ action, row }) => {
      const actual = row.actual === undefined ? "" : costText(row.actual);
      return md`${planCells(action, outcomeSigns[row.outcome].emoji)} | ${ours(actual)} | ${resultCell(action, row)} |`;
    }),
  between: "\n",
  after: ours(""),
  share: 1,
});

/** Links to what was published; without any, what became of the unit in words, unless another cell says it. */
function resultCell(action: PlannedAction, row: ResultRowDocument): Markdown {
  const links = filesOf(row).flatMap(({ role, url }) => (role === "poster" ? [] : (link(ours(role), url) ?? [])));
  if (links.length > 0) return joined(links, " · ");
  const elsewhere = row.note === undefined && ["held", "reused", "moved"].includes(row.outcome);
  return elsewhere ? ours(row.outcome) : marked(cameTo(action, row));
}

/** What this run put into the store, or found there. Of what was moved the lock alone says where it is. */
const filesOf = ({ outcome, after }: ResultRowDocument): readonly OutputDocument[] =>
  outcome === "generated" || outcome === "reused" ? (after?.outputs ?? []) : [];

/** A contact sheet. GitHub plays no video in a comment, so a picture leads to it. What is not public it cannot show. */
const pictures = (rows: Rows): Section => ({
  of: ours("pictures"),
  before: ours(""),
  rows: rows.flatMap(({ row }) => {
    const files = filesOf(row);
    const at = files.findIndex(({ role }) => role === "poster");
    const poster = files[at];
    // A poster comes after the video that it is of.
    const video = files.slice(0, at).findLast(({ role }) => role === "video");
    if (row.outcome !== "generated" || poster === undefined || video === undefined) return [];
    return picture(row.unit, poster.url, video.url) ?? [];
  }),
  between: "\n",
  after: ours(""),
  share: 1,
});
