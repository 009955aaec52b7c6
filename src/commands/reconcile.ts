import type { OpenJournal } from "../journal/journal.ts";
import { JournalError } from "../model/journal.ts";
import type { Plan } from "../model/plan.ts";
import { inShard, type Shard } from "../plan/shard.ts";
import { planDocument } from "../report/plan-document.ts";
import { intentText } from "../report/plan-text.ts";
import { type ResultDocument, resultDocument } from "../report/result-document.ts";
import { resultJson } from "../report/result-json.ts";
import { resultText } from "../report/result-text.ts";
import { type ApprovalArgs, asApproved, mayBegin } from "./approval.ts";
import { planOf } from "./decide.ts";
import { bySeverity, type ExitCode, exit, UsageError } from "./exit.ts";
import { type Gathered, gather, requireGit } from "./gather.ts";
import { outFile } from "./out-file.ts";
import { monthOf, type PlanArgs, planWith } from "./planning.ts";
import { refuse, show } from "./problems.ts";
import { publish } from "./publish.ts";
import { type Ran, run } from "./run.ts";
import { journalFor, runnerOf, unjournaled } from "./run-journal.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

export interface ReconcileArgs extends PlanArgs, ApprovalArgs {
  readonly dryRun: boolean;
  readonly wait?: number | undefined;
  readonly commit: boolean;
  readonly push: boolean;
  readonly comment: boolean;
  readonly events: boolean;
  readonly concurrency?: number | undefined;
  readonly failFast: boolean;
  readonly allowUnjournaled: boolean;
  readonly shard?: Shard;
  readonly out?: string;
}

/** Makes the locks match the specs: plan, approve, claim, submit, poll, fetch, publish, lock, commit. */
export async function reconcile(args: ReconcileArgs, world: World): Promise<ExitCode> {
  if (args.dryRun) {
    const { plan } = await import("./plan.ts");
    return plan({ ...args, format: "text", detailedExitcode: false }, world);
  }
  outFile(args.out, world);
  const gathered = await gather(args, args.replace ?? [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const runner = runnerOf(world);
  const journal = await opened(
    () =>
      journalFor(
        requireGit(gathered.value),
        { emulated: args.emulate, push: args.push, unjournaled: args.allowUnjournaled, runner },
        world,
      ),
    unjournaled,
  );

  const { plan: whole, decision, month } = await planWith(gathered.value, journal.entries(), runner, args, world);
  const plan = asApproved(whole, decision, args, world);
  show(plan.warnings, world);
  if (!args.json && !args.events) world.print(`${intentText(planDocument(plan, month), styleOf(world))}\n`);
  const refusal = await mayBegin(plan, decision, args, world);
  if (refusal !== undefined) return refusal;

  const own = args.shard === undefined ? plan : shardOf(plan, args.shard);
  const ran = await run(own, gathered.value, journal, runner, { ...args, submits: true }, world);
  return report(ran, { gathered: gathered.value, journal, run: runner.run }, args, world);
}

/** The approved plan is the whole; this run carries out its own part of it. */
const shardOf = (plan: Plan, shard: Shard): Plan => ({
  ...planOf(
    plan.actions.filter((action) => inShard(action, shard)),
    plan,
  ),
  digest: plan.digest,
});

/** A journal that cannot be opened where it must be stops the run before anything is spent. */
export async function opened(
  open: () => Promise<OpenJournal>,
  hint = "what is paid for is safe at the provider; mend the remote and run it again",
): Promise<OpenJournal> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    throw new UsageError(`nothing was submitted: ${error.message}`, hint, exit.failed);
  }
}

interface Setting {
  readonly gathered: Gathered;
  readonly journal: OpenJournal;
  readonly run: string;
}

export interface ReportArgs {
  readonly commit: boolean;
  readonly push: boolean;
  readonly comment: boolean;
  readonly json: boolean;
  readonly events: boolean;
  readonly out?: string;
}

/** After the work: commit, push, comment, print. Nothing in here can undo what was paid for. */
export async function report(ran: Ran, setting: Setting, args: ReportArgs, world: World): Promise<ExitCode> {
  const { gathered, journal } = setting;
  const document = resultDocument(ran.result, monthOf(gathered, journal.entries(), ran.result.plan.emulated, world));
  const published = await publish(ran, document, setting, args, world);
  const unpushed = journal.unpushed();
  if (unpushed !== undefined)
    world.tell(`warning the journal is not pushed yet (${unpushed}); it is safe here and the next run pushes it`);

  const codes = bySeverity([
    ...(document.exitCodes as ExitCode[]),
    ...published,
    ...(unpushed === undefined ? [] : [exit.failed]),
  ]);
  const final: ResultDocument = { ...document, exitCodes: [...codes] };
  if (args.json) world.print(args.events ? JSON.stringify(final) : resultJson(final).trimEnd());
  else if (!args.events) world.print(resultText(final, styleOf(world)).trimEnd());
  if (args.comment) {
    const [{ comment }, { commentPorts }] = await Promise.all([import("./comment.ts"), import("./comment-ports.ts")]);
    const told = { plan: undefined, result: "the result", pr: undefined, scope: "default", json: false };
    await comment(told, { ...commentPorts(world), print: world.tell, readFile: () => resultJson(final) });
  }
  outFile(args.out, world)?.(resultJson(final));
  return codes[0] ?? exit.done;
}
