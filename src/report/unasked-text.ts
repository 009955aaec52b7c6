import { goesOn, type Unasked } from "../model/journal.ts";
import type { UnitId } from "../model/unit.ts";
import type { UnaskedDocument } from "../schema/result.types.ts";
import { word } from "./advice.ts";
import { padEnd, padStart, widest, wrapped } from "./columns.ts";
import { costText } from "./money-text.ts";
import { paintOf, type Style } from "./paint.ts";
import { oneLine } from "./plan-text.ts";
import { outcomeSigns } from "./signs.ts";

/** "1 job is asked for by no spec here" */
export const jobsCounted = (many: number): string =>
  `${many === 1 ? "1 job is" : `${many} jobs are`} asked for by no spec here`;

/** "1 request may be paid for and is asked for by no spec here" */
export const doubtsCounted = (many: number): string =>
  `${many === 1 ? "1 request may be paid for and is" : `${many} requests may be paid for and are`} asked for by no spec here`;

/** What `status` says of them, and what settles them; nothing where there are none. */
export function unaskedHint(unasked: readonly Unasked[], emulated: boolean): readonly string[] {
  const run = emulated ? " --emulate" : "";
  const jobs = unasked.filter(({ attempt }) => attempt.state === "submitted");
  const doubts = unasked.filter(({ attempt }) => attempt.state !== "submitted");
  const open = doubts.filter(({ attempt }) => goesOn(attempt));
  const waiting = new Set(doubts.filter(({ attempt }) => !goesOn(attempt)).map(({ attempt }) => attempt.unit));
  const its = ({ length }: readonly Unasked[], one: string, all: string): string => (length === 1 ? one : all);
  return [
    ...(jobs.length === 0
      ? []
      : [
          `${jobsCounted(jobs.length)}, and paid for: \`reelform resume${run}\` collects ${its(jobs, "its result", "their results")}`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `${doubtsCounted(open.length)}: \`reelform resume${run}\` looks for ${its(open, "it", "them")} at the provider`,
        ]),
    ...[...waiting].map(
      (unit) =>
        `a request for ${oneLine(unit)} may be paid for, and nothing here waits for it: \`reelform resolve ${word(oneLine(unit))}${run}\``,
    ),
  ];
}

/** What `status` says of units whose run ended before it heard of its request: no lock tells of that. */
export const doubtHint = (units: readonly UnitId[], emulated: boolean): readonly string[] =>
  units.map(
    (unit) =>
      `a request for ${oneLine(unit)} may be paid for, and its run ended before it heard: \`reelform resume${emulated ? " --emulate" : ""}\` looks for it`,
  );

/** What `status` says of units that only the journal holds for a person. */
export const askedHint = (units: readonly UnitId[], emulated: boolean): readonly string[] =>
  units.map(
    (unit) =>
      `a request for ${oneLine(unit)} may be paid for, and only a person can tell: \`reelform resolve ${word(oneLine(unit))}${emulated ? " --emulate" : ""}\``,
  );

/** "1 collected for the journal", "2 still running for the journal": what there is something of. */
export function unaskedCounts(unasked: readonly UnaskedDocument[]): readonly string[] {
  return (["generated", "running", "failed", "unknown", "not-begun"] as const).flatMap((outcome) => {
    const many = unasked.filter((one) => one.outcome === outcome).length;
    return many === 0 ? [] : [`${many} ${summed[outcome]}`];
  });
}

const summed = {
  generated: "collected for the journal",
  running: "still running for the journal",
  failed: "failed that no spec here asks for",
  unknown: "unknown that no spec here asks for",
  "not-begun": "never begun that no spec here asks for",
} as const satisfies Record<UnaskedDocument["outcome"], string>;

/** What became of each request that no spec here asks for. */
export function unaskedLines(unasked: readonly UnaskedDocument[], style: Style): readonly string[] {
  const paint = paintOf(style);
  const units = Math.min(48, widest(unasked.map(({ unit }) => unit)));
  const costs = widest(unasked.map(costOf));
  return unasked.flatMap((one) => {
    const { sign, ink } = outcomeSigns[one.outcome];
    const roles = widest((one.outputs ?? []).map(({ role }) => role));
    return [
      `  ${paint(ink, sign)} ${padEnd(oneLine(one.unit), units)}  ${padStart(costOf(one), costs)}  ${oneLine(saidOf(one))}`,
      ...(one.outputs ?? []).map(({ role, url }) => `      ${paint("dim", padEnd(role, roles))}  ${oneLine(url)}`),
      ...(one.message === undefined || one.outcome === "not-begun"
        ? []
        : wrapped(`${one.provider}: ${one.message}`, style.width - 6).map((line) => `      ${line}`)),
    ];
  });
}

const costOf = ({ cost }: UnaskedDocument): string => (cost === undefined ? "" : costText(cost));

function saidOf({ outcome, job, class: failure }: UnaskedDocument): string {
  const kept = "no spec here asks for it; its result is kept in the journal";
  const named = job === undefined ? "" : `, job ${job.id}`;
  switch (outcome) {
    case "generated":
      return kept;
    case "running":
      return `still running${named}: ${kept}`;
    case "failed":
      return `failed (${failure ?? "unknown"})${named}: no spec here asks for it`;
    case "unknown":
      return "unknown whether it was begun; no spec here asks for it";
    case "not-begun":
      return "never taken on, nothing was billed; no spec here asks for it";
  }
}
