import { cameTo } from "./came-to.ts";
import { restIn } from "./comment.ts";
import { changesLock } from "./commit-message.ts";
import { cutToFit, type Section } from "./fit.ts";
import { codeSpan, link, type Markdown, md, ours } from "./markdown.ts";
import { marked } from "./phrase.ts";
import { came, type ResultDocument } from "./result-document.ts";

/** The commit's own first line, as far as the words in it are ours. */
export function locksPullTitle(message: string): string {
  const [subject = ""] = message.split("\n");
  return /^videos: [a-z0-9 ,]{1,200}$/.test(subject) ? subject : "videos: locks";
}

/** The bytes that GitHub takes for a description, with some to spare. */
const budget = 60_000;

/** What a pull request for locks says of itself: what it holds, what merging it costs, and who made it. */
export function locksPullBody(
  result: ResultDocument,
  { target, runUrl }: { readonly target: string; readonly runUrl: string | undefined },
): Markdown {
  const paid = result.plan.emulated
    ? ours("They are emulated: no video was made, and nothing paid")
    : ours(
        "Merging them costs nothing: what they stand for is paid for already, and until then each run finds it again",
      );
  const head = md`${codeSpan(target)} did not take these locks directly. ${paid}.

Later runs for ${codeSpan(target)} add their locks to this branch.`;
  const run = runUrl === undefined ? undefined : link(ours("The run that opened this"), runUrl);
  const rows = came(result).filter(({ row }) => changesLock(row.outcome));
  const held: Section = {
    of: ours("videos"),
    before: md`**What that run locked**\n\n`,
    rows: rows.map(({ action, row }) => md`- ${codeSpan(action.unit)}: ${marked(cameTo(action, row))}`),
    between: "\n",
    after: ours(""),
    share: 1,
  };
  return cutToFit(run === undefined ? head : md`${head} ${run}.`, [held], budget, restIn(runUrl));
}
