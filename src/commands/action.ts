import type { PlanDocument } from "../schema/plan.types.ts";
import type { WrittenResult } from "../schema/result.types.ts";
import { exit } from "./exit.ts";
import { pullRequestOf } from "./pull-request.ts";

/** What a GitHub Action may do: what it runs, a person could type. */
export interface ActionPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a command line in the project's folder; answers its exit code and what it printed. */
  readonly run: (argv: readonly string[]) => Promise<{ readonly code: number; readonly printed: string }>;
  readonly read: (path: string) => string | undefined;
  readonly append: (path: string, text: string) => void;
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
  const code = await steps(inputsOf(ports.env), ports);
  output("exit-code", String(code), ports);
  return fine.has(code) ? exit.done : code;
}

interface Inputs {
  readonly command: string;
  readonly selectors: readonly string[];
  readonly comment: boolean;
  readonly commit: boolean;
  readonly shards: string;
  /** The flags that stand for inputs of the same name. */
  readonly common: readonly string[];
  readonly spending: readonly string[];
}

function inputsOf(env: ActionPorts["env"]): Inputs {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const flag = (name: string): readonly string[] => (input(name) === "" ? [] : [`--${name}=${input(name)}`]);
  return {
    command: input("command"),
    selectors: input("selectors")
      .split(/\s+/)
      .filter((word) => word !== ""),
    comment: input("comment") === "true",
    commit: input("commit") === "true",
    shards: input("shards"),
    common: input("emulate") === "true" ? ["--emulate"] : [],
    spending: ["max-cost", "expect", "wait", "shard"].flatMap(flag),
  };
}

async function steps(inputs: Inputs, ports: ActionPorts): Promise<number> {
  switch (inputs.command) {
    case "plan":
      return plan(inputs, ports);
    case "reconcile":
    case "resume":
      return reconcile(inputs, ports);
    case "check":
      return (await ports.run(["check", ...inputs.common, "--", ...inputs.selectors])).code;
    default:
      ports.print(`::error title=reelform::there is no command ${JSON.stringify(inputs.command)}`);
      return exit.usage;
  }
}

/** Annotates what is wrong on its line; what is right is planned and reported. */
async function plan({ common, selectors, comment, shards }: Inputs, ports: ActionPorts): Promise<number> {
  const checked = await ports.run(["validate", "--format=github"]);
  if (checked.printed !== "") ports.print(checked.printed);
  if (checked.code !== exit.done) return checked.code;

  const file = `${ports.folder}/plan.json`;
  const base = ports.env.GITHUB_BASE_REF ?? "";
  const against = base === "" ? [] : [`--base=origin/${base}`];
  const ran = await ports.run(["plan", ...common, ...against, `--out=${file}`, "--", ...selectors]);
  const document = parsed<PlanDocument>(ports.read(file));
  if (document === undefined) return ran.code;
  tellPlan(document, ports);
  if (shards !== "") {
    const cut = await ports.run(["plan", ...common, `--shards=${shards}`, "--format=matrix", "--", ...selectors]);
    output("matrix", cut.printed.trim(), ports);
  }
  if (comment) await report(["--plan", file], ports);
  return ran.code;
}

async function reconcile(inputs: Inputs, ports: ActionPorts): Promise<number> {
  const { command, common, selectors, spending, commit, comment } = inputs;
  const file = `${ports.folder}/result.json`;
  const approved = command === "reconcile" ? [...spending, "--yes"] : spending.filter((flag) => /^--wait=/.test(flag));
  const kept = commit ? ["--commit", "--push"] : [];
  const { code } = await ports.run([command, ...common, ...approved, ...kept, `--out=${file}`, "--", ...selectors]);
  const document = parsed<Omit<WrittenResult, "plan"> & { readonly plan: PlanDocument }>(ports.read(file));
  if (document === undefined) return code;
  tellPlan(document.plan, ports);
  const { outcomes, costs } = document.totals;
  output("actual-cost", costs.find(({ currency }) => currency === "USD")?.amount ?? "0.00", ports);
  output("failed", String(outcomes.failed ?? 0), ports);
  if (comment) await report(["--result", file], ports);
  return code;
}

function tellPlan({ digest, totals, actions }: PlanDocument, ports: ActionPorts): void {
  output("plan-digest", digest.slice("sha256:".length), ports);
  output("changes", String(actions.filter(({ kind }) => kind !== "keep").length), ports);
  output("paid", String(totals.create + totals.replace), ports);
  output("estimated-cost", totals.high, ports);
}

/** On a pull request as its comment, everywhere in the job's summary. */
async function report(told: readonly string[], ports: ActionPorts): Promise<void> {
  const { printed } = await ports.run(["comment", ...told, "--json"]);
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

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

const secretsOf = (env: ActionPorts["env"]): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.trim() !== "" && /_API_KEY$|^INPUT_GITHUB-TOKEN$/.test(name) ? [value.trim()] : [],
  );
