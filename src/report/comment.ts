import type { PlanDocument } from "../schema/plan.types.ts";
import { resultCounts } from "./counts.ts";
import { shortCommit, shortDigest } from "./digest-text.ts";
import { sanitizeFor } from "./escape.ts";
import { cutToFit, type Elsewhere, type Section } from "./fit.ts";
import { link, type Markdown, md, ours } from "./markdown.ts";
import { counts, type Heading, identity, planHead, planSections } from "./plan-markdown.ts";
import type { ResultDocument } from "./result-document.ts";
import { resultHead, resultSections } from "./result-markdown.ts";

/** What a comment tells of: a plan, or what came of one. */
export type Told = { readonly plan: PlanDocument } | { readonly result: ResultDocument };

/** GitHub takes 65,536 characters; what we write stays well below. */
export const commentBudget = 60_000;
/** GitHub takes 1 MiB of summary for each step. */
const summaryBudget = 1_000_000;

/** How the comment of a scope begins, whatever plan it tells of: this is what it is found again by. */
export const markerOf = (scope: string): Markdown => ours(`<!-- reelform scope=${scopeName(scope)} `);

/** The comment on a pull request: under `budget` bytes, with the verdict and the money first. */
export function commentMarkdown(
  told: Told,
  where: Heading & {
    readonly scope: string;
    readonly budget: number;
    readonly summaryUrl: string | undefined;
  },
): Markdown {
  const head = md`${markerFor(planOf(told), where.scope)}\n${headOf(told, where)}`;
  return cutToFit(head, sectionsOf(told), where.budget - 1, restIn(where.summaryUrl));
}

/** The same for the summary of a CI job, where there is room for nearly all of it. */
export const summaryMarkdown = (told: Told, heading: Heading = {}): Markdown =>
  md`${whole(told, summaryBudget, heading)}\n`;

const whole = (told: Told, budget: number, heading: Heading): Markdown =>
  cutToFit(headOf(told, heading), sectionsOf(told), budget, (left, of) => md`… and ${left} more ${of}`);

/** What a check of a commit says of the run that made it. */
export function checkMarkdown(result: ResultDocument): Readonly<Record<"title" | "summary" | "text", Markdown>> {
  return {
    title: counts(resultCounts(result.totals)),
    summary: md`${identity(result.plan)}. This commit holds its lockfiles; what a workflow pushes starts no workflow.`,
    text: whole({ result }, commentBudget, {}),
  };
}

/** Whether there is anything to tell: a pull request that touches no video gets no comment. */
export function worthTelling(told: Told): boolean {
  const plan = planOf(told);
  return plan.warnings.length > 0 || plan.actions.some(({ kind }) => kind !== "keep");
}

export const planOf = (told: Told): PlanDocument => ("plan" in told ? told.plan : told.result.plan);
const headOf = (told: Told, heading: Heading): Markdown =>
  "plan" in told ? planHead(told.plan, heading) : resultHead(told.result, heading);
const sectionsOf = (told: Told): readonly Section[] =>
  "plan" in told ? planSections(told.plan) : resultSections(told.result);

/** The hidden first line of a comment. */
export function markerFor({ digest, head, emulated }: PlanDocument, scope: string): Markdown {
  const commit = head === undefined ? "none" : sanitizeFor("file", shortCommit(head));
  const words = [
    `plan=${sanitizeFor("file", shortDigest(digest))}`,
    `head=${commit}`,
    ...(emulated ? ["emulated"] : []),
  ];
  return ours(`${markerOf(scope)}${words.join(" ")} -->`);
}

/** Which plan a comment shows, by its hidden first line; undefined where it names none, or no commit. */
export function shownPlan(
  comment: string,
): { readonly digest: string; readonly head: string; readonly emulated: boolean } | undefined {
  const marker = /^<!-- reelform scope=\S* plan=([0-9a-f]{10}) head=([0-9a-f]{7})( emulated)?( sum=\w+)? -->/;
  const [, digest, head, emulated] = marker.exec(comment) ?? [];
  return digest === undefined || head === undefined ? undefined : { digest, head, emulated: emulated !== undefined };
}

/** No two scopes share a name. Two hyphens would end the hidden comment too soon. */
const scopeName = (scope: string): string =>
  scope.replace(/[^\w./-]|-(?=-)/gu, (character) => `%${character.codePointAt(0)?.toString(16)};`);

/** Says where the rest of what was cut can be read. */
export function restIn(summaryUrl: string | undefined): Elsewhere {
  const summary = ours("job summary");
  const linked = summaryUrl === undefined ? undefined : link(summary, summaryUrl);
  return (left, of) => md`… and ${left} more ${of} in the ${linked ?? summary}`;
}
