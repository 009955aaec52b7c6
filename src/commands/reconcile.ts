import { nothingNew } from "../plan/approve.ts";
import type { Shard } from "../plan/shard.ts";
import { shortCommit } from "../report/digest-text.ts";
import { sanitizeFor } from "../report/escape.ts";
import { planDocument } from "../report/plan-document.ts";
import { intentText } from "../report/plan-text.ts";
import { type ApprovalArgs, asApproved, mayBegin } from "./approval.ts";
import { partOf, planOf } from "./decide.ts";
import type { ExitCode } from "./exit.ts";
import { type Gathered, gather, requireGit } from "./gather.ts";
import { addsOnlyOurs, branchNow } from "./our-commits.ts";
import { outFile } from "./out-file.ts";
import { allowanceOf, type PlanArgs, planWith } from "./planning.ts";
import { refuse, show } from "./problems.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { journalFor, opened, runnerOf, unjournaled } from "./run-journal.ts";
import { styleOf } from "./style.ts";
import { type ViaArgs, viaOf } from "./via.ts";
import type { World } from "./world.ts";

export interface ReconcileArgs extends PlanArgs, ApprovalArgs, ViaArgs {
  readonly dryRun: boolean;
  readonly wait?: number | undefined;
  readonly commit: boolean;
  readonly push: boolean;
  readonly comment: boolean;
  readonly scope?: string | undefined;
  readonly events: boolean;
  readonly concurrency?: number | undefined;
  readonly failFast: boolean;
  /** Nothing is begun unless the commit that is checked out is still the head of this branch of the remote. */
  readonly unlessMoved?: string | undefined;
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
  const via = await viaOf(args, gathered.value, world);
  const runner = runnerOf(world);
  const git = requireGit(gathered.value);
  const journal = await opened(
    git,
    () =>
      journalFor(
        git,
        {
          emulated: args.emulate,
          push: args.push,
          unjournaled: args.allowUnjournaled,
          allowance: allowanceOf(gathered.value, args.emulate, world),
          runner,
        },
        world,
      ),
    unjournaled,
  );

  const made = await planWith(gathered.value, journal.entries(), runner, args, world);
  const { decision, month } = made;
  const whole = await asApproved(made, args, world);
  const plan = partOf(whole, args.shard);
  show(plan.warnings, world);
  if (!args.json && !args.events) world.print(`${intentText(planDocument(plan, month), styleOf(world))}\n`);
  const refusal = await mayBegin(plan, whole, decision, args, world);
  if (refusal !== undefined) return refusal;

  const moved = args.unlessMoved !== undefined && (await hasMoved(args.unlessMoved, gathered.value, world));
  const own = moved ? planOf(nothingNew(plan.actions), decision) : plan;
  const ran = await run(own, gathered.value, journal, runner, { ...args, submits: true, unasked: [] }, world);
  return report(ran, { gathered: gathered.value, journal, via }, args, world);
}

/** Looked at as late as can be: what somebody has pushed since makes what was approved a thing of the past. */
async function hasMoved(branch: string, gathered: Gathered, { tell }: World): Promise<boolean> {
  const git = requireGit(gathered);
  const now = await branchNow(git, branch);
  if (now !== undefined && git.head !== undefined && (await addsOnlyOurs(git, git.head, now))) return false;
  const where = now === undefined ? "is not to be found" : `is at ${shortCommit(now)}`;
  tell(
    `warning nothing new is begun: the branch ${sanitizeFor("actions", branch)} ${where}, and not where this run began`,
  );
  return true;
}
