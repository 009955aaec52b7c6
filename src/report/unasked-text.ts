import type { UnaskedDocument } from "../schema/result.types.ts";
import { padEnd, padStart, widest, wrapped } from "./columns.ts";
import { costText } from "./money-text.ts";
import { paintOf, type Style } from "./paint.ts";
import { oneLine } from "./plan-text.ts";
import { outcomeSigns } from "./signs.ts";

/** "1 job is asked for by no spec here" */
export const counted = (many: number): string =>
  many === 1 ? "1 job is asked for by no spec here" : `${many} jobs are asked for by no spec here`;

/** What `status` says of them, and who collects them; nothing where there are none. */
export const unaskedHint = (many: number, emulated: boolean): readonly string[] =>
  many === 0
    ? []
    : [
        `${counted(many)}, and paid for: \`reelform resume${emulated ? " --emulate" : ""}\` collects ${many === 1 ? "its result" : "their results"}`,
      ];

/** "1 collected for the journal", "2 still running for the journal": what there is something of. */
export function unaskedCounts(unasked: readonly UnaskedDocument[]): readonly string[] {
  return (["generated", "running", "failed"] as const).flatMap((outcome) => {
    const many = unasked.filter((one) => one.outcome === outcome).length;
    return many === 0 ? [] : [`${many} ${summed[outcome]}`];
  });
}

const summed = {
  generated: "collected for the journal",
  running: "still running for the journal",
  failed: "failed that no spec here asks for",
} as const satisfies Record<UnaskedDocument["outcome"], string>;

/** What became of each job that no spec here asks for. */
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
      ...(one.message === undefined
        ? []
        : wrapped(`${one.provider}: ${one.message}`, style.width - 6).map((line) => `      ${line}`)),
    ];
  });
}

const costOf = ({ cost }: UnaskedDocument): string => (cost === undefined ? "" : costText(cost));

function saidOf({ outcome, job, class: failure }: UnaskedDocument): string {
  const kept = "no spec here asks for it; its result is kept in the journal";
  switch (outcome) {
    case "generated":
      return kept;
    case "running":
      return `still running, job ${job.id}: ${kept}`;
    case "failed":
      return `failed (${failure ?? "unknown"}), job ${job.id}: no spec here asks for it`;
  }
}
