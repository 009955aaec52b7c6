import { bareDigest } from "../report/digest-text.ts";
import { commandData } from "../report/problem-annotations.ts";
import type { ResultDocument } from "../report/result-document.ts";
import { readResult } from "../report/result-json.ts";
import type { PlanDocument } from "../schema/plan.types.ts";
import { validate as validPlan } from "../schema/plan.validate.js";
import { validate as validResult } from "../schema/result.validate.js";
import { checkoutAt, scopeOf } from "./checkout.ts";
import { checkCommit } from "./commit-check.ts";
import { exit } from "./exit.ts";
import { githubIn } from "./github-address.ts";
import { approvalByLabel } from "./label-approval.ts";
import { type Occasion, occasionOf, type ProposalOccasion } from "./occasion.ts";
import { movedByUs } from "./our-commits.ts";
import { pullRequestOf } from "./pull-request.ts";

/** What a GitHub Action may do: what it runs, a person could type. */
export interface ActionPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a command line in the project's folder; answers its exit code and what it printed. */
  readonly run: (argv: readonly string[]) => Promise<{ readonly code: number; readonly printed: string }>;
  readonly read: (path: string) => string | undefined;
  readonly append: (path: string, text: string) => void;
  /** The project's folder. */
  readonly project: string;
  /** For the runner: it obeys commands in what is printed. */
  readonly print: (text: string) => void;
  /** A folder for what passes from one command to the next. */
  readonly folder: string;
}

/** Exit codes that are no failure: done, changes pending, still running. */
const fine: ReadonlySet<number> = new Set([exit.done, exit.changes, exit.running]);

/** One step of a workflow. Resolves to the process's exit code: 0, or the code of the command that went wrong. */
export async function action(ports: ActionPorts): Promise<number> {
  for (const secret of secretsOf(ports.env)) ports.print(`::add-mask::${secret}`);
  const code = await steps(inputsOf(ports.env), occasionOf(ports.env, ports.read), ports);
  output("exit-code", String(code), ports);
  return fine.has(code) ? exit.done : code;
}

interface Inputs {
  readonly command: string;
  readonly selectors: readonly string[];
  readonly comment: boolean;
  readonly commit: boolean;
  readonly commitVia: string;
  readonly shards: string;
  readonly expect: string;
  readonly approveLabel: string;
  readonly emulate: boolean;
  readonly scope: string;
  /** The flags that stand for inputs of the same name. */
  readonly common: readonly string[];
  /** What is to be made, and paid for, once more. */
  readonly again: readonly string[];
  readonly spending: readonly string[];
}

function inputsOf(env: ActionPorts["env"]): Inputs {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const words = (name: string): readonly string[] =>
    input(name)
      .split(/\s+/)
      .filter((word) => word !== "");
  const flag = (name: string): readonly string[] => (input(name) === "" ? [] : [`--${name}=${input(name)}`]);
  return {
    command: input("command"),
    selectors: words("selectors"),
    comment: input("comment") === "true",
    commit: input("commit") === "true",
    commitVia: input("commit-via"),
    shards: input("shards"),
    expect: input("expect"),
    approveLabel: input("approve-label"),
    emulate: input("emulate") === "true",
    scope: input("scope"),
    common: input("emulate") === "true" ? ["--emulate"] : [],
    again: ["replace", "retry"].flatMap((name) => words(name).map((word) => `--${name}=${word}`)),
    spending: ["max-cost", "expect", "wait", "shard"].flatMap(flag),
  };
}

async function steps(inputs: Inputs, occasion: Occasion, ports: ActionPorts): Promise<number> {
  switch (inputs.command) {
    case "plan":
      return plan(inputs, occasion, ports);
    case "reconcile":
    case "resume":
      return reconcile(inputs, occasion, ports);
    case "check":
      return (await ports.run(["check", ...inputs.common, "--", ...inputs.selectors])).code;
    default:
      error(`there is no command ${JSON.stringify(inputs.command)}`, ports);
      return exit.usage;
  }
}

/** Annotates what is wrong on its line; what is right is planned and reported. */
async function plan(inputs: Inputs, occasion: Occasion, ports: ActionPorts): Promise<number> {
  const { common, selectors, comment, shards, again } = inputs;
  const base = ports.env.GITHUB_BASE_REF ?? "";
  const against = base === "" ? [] : [`--base=origin/${base}`];
  // Who may not write proposes specs; what was made of them so far is what the base says.
  const locks = base === "" || occasion.kind !== "foreign" ? [] : [`--locks=origin/${base}`];
  const checked = await ports.run(["validate", "--format=github", ...locks]);
  if (checked.printed !== "") ports.print(checked.printed);
  if (checked.code !== exit.done && locks.length === 0) return checked.code;
  const bound = await boundTo(inputs, occasion, ports);
  if (!bound.ok) return refused(bound.why, ports);

  const file = `${ports.folder}/plan.json`;
  const asked = ["plan", ...common, ...again, ...locks, ...bound.flags];
  const ran = await ports.run([...asked, ...against, `--out=${file}`, "--", ...selectors]);
  const document = parsed<PlanDocument>(ports.read(file));
  if (document === undefined) return ran.code;
  tellPlan(document, ports);
  if (shards !== "") {
    // What is cut is what was planned, whatever others have written into the journal since.
    const same = bound.flags.length > 0 ? [] : [`--expect=${bareDigest(document.digest)}`];
    const cut = await ports.run([...asked, ...same, `--shards=${shards}`, "--format=matrix", "--", ...selectors]);
    if (cut.code !== exit.done) return cut.code;
    output("matrix", cut.printed.trim(), ports);
  }
  if (comment) await report(["--plan", file, ...(await offered(document, inputs, occasion, ports))], inputs, ports);
  return ran.code;
}

/** A label approves the plan of the commit that it will be set on, and no other. Our own locks may be over the event's. */
async function offered(
  { head }: PlanDocument,
  { approveLabel }: Inputs,
  occasion: Occasion,
  { print, project }: ActionPorts,
): Promise<readonly string[]> {
  if (occasion.kind !== "proposal" || approveLabel === "") return [];
  const git = await checkoutAt(project);
  if (git !== undefined && head !== undefined && (await movedByUs(git, occasion.head, head)))
    return [`--approve-label=${approveLabel}`];
  print("::notice title=reelform::no label approves this plan: check out refs/pull/<number>/head, not the merge");
  return [];
}

async function reconcile(inputs: Inputs, occasion: Occasion, ports: ActionPorts): Promise<number> {
  const { command, common, selectors, again, spending, commit, commitVia, comment } = inputs;
  const approved = await approval(inputs, occasion, ports);
  if (!approved.ok) return refused(approved.why, ports);
  const file = `${ports.folder}/result.json`;
  const branch = occasion.kind === "proposal" ? [`--unless-moved=${occasion.branch}`] : [];
  const spends = [...again, ...spending, ...approved.flags, ...branch, "--yes"];
  const flags = command === "reconcile" ? spends : spending.filter((flag) => /^--wait=/.test(flag));
  const via = commitVia === "" ? [] : [`--commit-via=${commitVia}`];
  const kept = commit ? ["--commit", "--push", ...via] : [];
  const before = (await checkoutAt(ports.project))?.head;
  const { code } = await ports.run([command, ...common, ...flags, ...kept, `--out=${file}`, "--", ...selectors]);
  const document = resultIn(file, ports);
  if (document === undefined) return code;
  tellPlan(document.plan, ports);
  const { outcomes, costs } = document.totals;
  output("actual-cost", costs.find(({ currency }) => currency === "USD")?.amount ?? "0.00", ports);
  output("failed", String(outcomes.failed ?? 0), ports);
  if (comment) await report(["--result", file], inputs, ports);
  const after = (await checkoutAt(ports.project))?.head;
  if (commit && after !== undefined && after !== before) await check(after, code, document, ports);
  return code;
}

type Approval = { readonly ok: true; readonly flags: readonly string[] } | { readonly ok: false; readonly why: string };

/** Who cannot write to the repository starts nothing, and on a pull request something must have been approved. */
async function approval(inputs: Inputs, occasion: Occasion, ports: ActionPorts): Promise<Approval> {
  if (occasion.kind === "foreign") return { ok: false, why: occasion.why };
  const agreed = occasion.kind === "own" || inputs.command === "resume" || inputs.expect !== "";
  return agreed ? { ok: true, flags: [] } : byLabel(inputs, occasion, ports);
}

/** The plan that parts may be handed out of: that of `expect`, or of the label that was just set. */
async function boundTo(inputs: Inputs, occasion: Occasion, ports: ActionPorts): Promise<Approval> {
  const { expect, shards, approveLabel } = inputs;
  if (expect !== "") return { ok: true, flags: [`--expect=${expect}`] };
  const labelled = occasion.kind === "proposal" && occasion.labelled?.name === approveLabel;
  return shards !== "" && labelled ? byLabel(inputs, occasion, ports) : { ok: true, flags: [] };
}

async function byLabel(inputs: Inputs, occasion: ProposalOccasion, ports: ActionPorts): Promise<Approval> {
  const github = githubIn(ports.env);
  if (!github.ok) return github;
  const { project } = ports;
  const setting = {
    label: inputs.approveLabel,
    project,
    scope: await scopeOf(inputs.scope, project),
    emulated: inputs.emulate,
  };
  const given = await approvalByLabel(occasion, setting, github);
  return given.ok ? { ok: true, flags: [`--expect=${given.digest}`, `--since=${given.plannedFor}`] } : given;
}

/** A push by a workflow's own token starts no workflow, so the commit of the locks gets its check from here. */
async function check(commit: string, code: number, result: ResultDocument, ports: ActionPorts): Promise<void> {
  const { env } = ports;
  const github = githubIn(env);
  const why = github.ok ? await checkCommit({ commit, code, result, env }, github) : github.why;
  if (why !== undefined) ports.print(`::notice title=reelform::${commandData(`no check on ${commit}: ${why}`)}`);
}

function tellPlan({ digest, totals, actions }: PlanDocument, ports: ActionPorts): void {
  output("plan-digest", bareDigest(digest), ports);
  output("changes", String(actions.filter(({ kind }) => kind !== "keep").length), ports);
  output("paid", String(totals.create + totals.replace), ports);
  output("estimated-cost", totals.high, ports);
}

/** On a pull request as its comment, everywhere in the job's summary. */
async function report(told: readonly string[], { scope }: Inputs, ports: ActionPorts): Promise<void> {
  const { printed } = await ports.run(["comment", ...told, `--scope=${scope}`, "--json"]);
  const { url } = parsed<{ readonly url?: string }>(printed) ?? {};
  if (url !== undefined) output("comment-url", url, ports);
  else if (pullRequestOf(ports.env, ports.read) !== undefined)
    ports.print("::notice::the report is in the job's summary");
}

/** By a delimiter that the value cannot hold, whatever a provider or a spec says. */
function output(name: string, value: string, { env, append }: ActionPorts): void {
  const file = env.GITHUB_OUTPUT ?? "";
  if (file !== "") append(file, `${name}=${value.replace(/[\r\n]+/g, " ")}\n`);
}

function refused(why: string, ports: ActionPorts): number {
  error(`refused, and nothing was begun: ${why}`, ports);
  return exit.refused;
}

const error = (why: string, { print }: ActionPorts): void => print(`::error title=reelform::${commandData(why)}`);

function resultIn(file: string, { read }: ActionPorts): ResultDocument | undefined {
  const written = readResult(file, read(file) ?? "", { plan: validPlan, result: validResult });
  return written.ok ? written.value : undefined;
}

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return undefined;
  }
}

const secretsOf = (env: ActionPorts["env"]): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.trim() !== "" && /_API_KEY$|^INPUT_GITHUB-TOKEN$/.test(name) ? [value.trim()] : [],
  );
