import type { Candidate } from "../model/job.ts";
import { word } from "./advice.ts";
import { dollars } from "./money-text.ts";
import type { Style } from "./paint.ts";
import { oneLine } from "./plan-text.ts";
import { printable } from "./printable.ts";

/** What `resolve` has to say of a unit: that nothing is open, what is, or what was written down. */
export type Resolution =
  | { readonly kind: "nothing-open"; readonly unit: string }
  | Question
  | { readonly kind: "submitted"; readonly unit: string; readonly job: string }
  /** It was never taken on. */
  | ({ readonly kind: "not-begun"; readonly unit: string } & MayBeUnasked)
  /** Nobody will ever know. */
  | ({ readonly kind: "given-up"; readonly unit: string } & MayBeUnasked);

interface MayBeUnasked {
  /** Its spec is gone, or asks for something else by now. */
  readonly unasked?: true;
}

export interface Question extends MayBeUnasked {
  readonly kind: "open";
  readonly unit: string;
  readonly provider: string;
  readonly claimedAt: string;
  /** A decimal of dollars; absent where the price is not known. */
  readonly estimate?: string;
  /** It was begun with another key or address, so our list was not looked in. */
  readonly elsewhere?: true;
  /** What it asked for is not known any more, so nothing can be compared. */
  readonly nameless?: true;
  /** How many more of the unit's requests are open; absent where this is the only one. */
  readonly others?: number;
  /** Absent where the provider has no list, or it was not looked in. */
  readonly candidates?: readonly Candidate[];
}

export const resolveJson = (resolution: Resolution): string => JSON.stringify(resolution, null, 2);

/** The same for a person. It never says to try again where that could be a second bill. */
export function resolveText(document: Resolution, emulated: boolean, { target }: Style): string {
  const resolution = printable(document, target);
  const { unit } = resolution;
  const run = emulated ? " --emulate" : "";
  switch (resolution.kind) {
    case "nothing-open":
      return `${unit}: nothing is open`;
    case "submitted":
      return `${unit}: recorded as job ${resolution.job}; \`reelform resume${run}\` fetches it`;
    case "not-begun":
      return resolution.unasked === true
        ? `${unit}: recorded as never accepted; no spec here asks for it any more`
        : `${unit}: recorded as never accepted; \`reelform reconcile${run}\` may submit it`;
    case "given-up":
      return resolution.unasked === true
        ? `${unit}: recorded as failed; no spec here asks for it any more`
        : `${unit}: recorded as failed; it is not submitted again unless its spec changes`;
    case "open":
      return questionText(resolution, emulated, `reelform resolve ${word(unit)}${run}`);
  }
}

function questionText(
  { unit, provider, claimedAt, estimate, elsewhere, nameless, candidates, unasked, others = 0 }: Question,
  emulated: boolean,
  command: string,
): string {
  const cost = emulated ? "its emulated price is" : "it may have cost";
  const price = estimate === undefined ? "its price is not known" : `${cost} ${dollars(estimate)}`;
  return [
    `${unit} was sent to ${provider} at ${claimedAt} and no clear answer came back; ${price}.`,
    ...(unasked === true ? ["No spec here asks for it any more."] : []),
    ...(others > 0 ? [`${others} more for ${unit} ${others === 1 ? "is" : "are"} open and asked about next.`] : []),
    ...(elsewhere === true
      ? [otherAccount(provider)]
      : nameless === true
        ? [`What it asked for is not known any more; look at the dashboard of ${provider}.`]
        : candidateLines(candidates, provider)),
    `It became a job:      ${command} --job <id>`,
    `It was never there:   ${command} --none`,
    `Nobody can tell:      ${command} --abandon`,
  ].join("\n");
}

const otherAccount = (provider: string): string =>
  `It was begun with another key or address of ${provider}: run this with that one, or look at its dashboard.`;

function candidateLines(candidates: readonly Candidate[] | undefined, provider: string): readonly string[] {
  if (candidates === undefined) return [`${provider} has no list to look in; look at its dashboard.`];
  if (candidates.length === 0) return [`${provider} lists no job that fits.`];
  const rows = candidates.map(({ job, createdAt, title }) =>
    `  ${job.id}  ${createdAt ?? "at a time unknown"}  ${oneLine(title ?? "")}`.trimEnd(),
  );
  return [`${provider} lists what may be it:`, ...rows];
}
