import { type Sticky, type Upserted, upsertComment, withdrawComment } from "../io/github.ts";
import { type Pace, polite } from "../io/github-session.ts";
import { redactor } from "../io/redact.ts";
import type { JsonObject } from "../model/json.ts";
import { attentionMarkdown, attentionMarker, needPerson } from "../report/attention.ts";
import { commentMarkdown, markerOf, summaryMarkdown, type Told, worthTelling } from "../report/comment.ts";
import { sanitizeFor } from "../report/escape.ts";
import { readPlan } from "../report/plan-json.ts";
import { readResult } from "../report/result-json.ts";
import { validate as validPlan } from "../schema/plan.validate.js";
import { validate as validResult } from "../schema/result.validate.js";
import { exit, UsageError } from "./exit.ts";
import { githubIn, secretsIn } from "./github-address.ts";
import { documentIn, textIfThere } from "./named-file.ts";
import { pullRequestOf } from "./pull-request.ts";
import { runUrl } from "./run-url.ts";
import { sealed, sealLength } from "./seal.ts";

export interface CommentArgs {
  readonly plan: string | undefined;
  readonly result: string | undefined;
  readonly pr: number | undefined;
  /** Which of the comments that a pull request may have of ours. */
  readonly scope: string;
  /** What a workflow takes for approval of the plan, where it takes a label. */
  readonly approveLabel?: string | undefined;
  readonly json: boolean;
}

export interface CommentPorts {
  /** Throws as `readFileSync` does. */
  readFile(path: string): string;
  appendFile(path: string, text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  warn(text: string): void;
  readonly pace?: Pace;
}

/** Puts a plan or a result on a pull request and into the job's summary. Trouble with GitHub never fails it. */
export async function comment(args: CommentArgs, ports: CommentPorts): Promise<number> {
  if ((args.plan === undefined) === (args.result === undefined)) {
    throw new UsageError("comment needs either --plan <file> or --result <file>", "`reelform plan --out` makes one");
  }
  const told = readTold(args, ports);
  const redact = redactor(secretsIn(ports.env));
  const summary = ports.env.GITHUB_STEP_SUMMARY ?? "";
  if (summary !== "") ports.appendFile(summary, redact(summaryMarkdown(told, args)));

  const upserted = await upsert(told, args, ports, redact);
  if (args.json) ports.print(JSON.stringify(jsonOf(upserted, redact), null, 2));
  if (upserted.kind === "refused") {
    const instead = summary === "" ? "" : "; it is in the job's summary";
    ports.warn(sanitizeFor("actions", `no comment written: ${redact(upserted.why)}${instead}`));
  } else if (upserted.kind !== "nothing" && !args.json) {
    ports.print(sanitizeFor("actions", `comment ${upserted.kind}: ${upserted.url}`));
  }
  return exit.done;
}

const jsonOf = (upserted: Upserted, redact: (text: string) => string): JsonObject => ({
  comment: upserted.kind,
  ...("url" in upserted ? { url: upserted.url } : {}),
  ...("why" in upserted ? { why: redact(upserted.why) } : {}),
});

function readTold({ plan, result }: CommentArgs, { readFile }: CommentPorts): Told {
  if (plan !== undefined) {
    const file = { name: plan, hint: "`reelform plan --out` makes one", readFile };
    return { plan: documentIn(file, (text) => readPlan(plan, text, validPlan)) };
  }
  const name = result ?? "";
  const file = { name, hint: "`reelform reconcile --out` makes one", readFile };
  return { result: documentIn(file, (text) => readResult(name, text, { plan: validPlan, result: validResult })) };
}

async function upsert(
  told: Told,
  { pr, scope, approveLabel }: CommentArgs,
  { readFile, env, pace = polite }: CommentPorts,
  redact: (text: string) => string,
): Promise<Upserted> {
  const pullRequest = pr ?? pullRequestOf(env, (path) => textIfThere(path, readFile));
  if (pullRequest === undefined) return { kind: "refused", why: "this is no pull request; name one with --pr" };
  const github = githubIn(env);
  if (!github.ok) return { kind: "refused", why: github.why };

  const summaryUrl = runUrl(env);
  const address = { ...github, pullRequest };
  const sticky: Sticky = {
    ...address,
    marker: markerOf(scope),
    mayCreate: worthTelling(told),
    body: (budget) =>
      sealed(redact(commentMarkdown(told, { scope, budget: budget - sealLength, summaryUrl, approveLabel }))),
  };
  const upserted = await upsertComment(sticky, pace);
  if (upserted.kind !== "updated" && upserted.kind !== "unchanged") return upserted;

  // An edit notifies nobody, so a person who is needed is called by a comment of its own.
  const call = { ...address, marker: attentionMarker(scope) };
  const commentUrl = upserted.url;
  const body = (budget: number) => redact(attentionMarkdown(told, { scope, budget, commentUrl, summaryUrl }));
  if (needPerson(told).length === 0) await withdrawComment(call, pace);
  else await upsertComment({ ...call, mayCreate: true, body }, pace);
  return upserted;
}
