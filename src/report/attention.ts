import type { Trouble } from "./came-to.ts";
import { holdOf, troubleOf } from "./came-to.ts";
import { markerFor, markerOf, planOf, restIn, type Told } from "./comment.ts";
import { cutToFit } from "./fit.ts";
import { codeSpan, link, type Markdown, md, ours } from "./markdown.ts";
import { came } from "./result-document.ts";
import { troubles } from "./sections.ts";

/** The scope of the comment that calls a person: edits of the other one notify nobody. */
const scopeOf = (scope: string): string => `${scope}.person`;

export const attentionMarker = (scope: string): Markdown => markerOf(scopeOf(scope));

/** Units that wait for a person who looks for them at the provider. */
export function needPerson(told: Told): readonly Trouble[] {
  if ("plan" in told) {
    return told.plan.actions.flatMap((action) => (action.because.kind === "unknown" ? (holdOf(action) ?? []) : []));
  }
  return came(told.result).flatMap(({ action, row }) =>
    row.outcome === "unknown" || action.because.kind === "unknown" ? (troubleOf(action, row) ?? []) : [],
  );
}

/** A short comment of its own that says what a person has to do. */
export function attentionMarkdown(
  told: Told,
  where: {
    readonly scope: string;
    readonly budget: number;
    readonly commentUrl: string;
    readonly summaryUrl: string | undefined;
  },
): Markdown {
  const all = needPerson(told);
  const marker = markerFor(planOf(told), scopeOf(where.scope));
  const whole = link(ours("the whole result"), where.commentUrl) ?? ours("the other comment has the whole result");
  const head = md`${marker}
### ❓ ${where.scope === "default" ? ours("") : md`${codeSpan(where.scope)} `}${all.length === 1 ? ours("1 video needs") : md`${all.length} videos need`} a person
It may have been billed, so nothing is sent again until somebody has looked: ${whole}.`;
  return cutToFit(head, [{ ...troubles(all), share: 1 }], where.budget - 1, restIn(where.summaryUrl));
}
