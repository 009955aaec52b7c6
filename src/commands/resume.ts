import { noBudget } from "../plan/budget.ts";
import { finishing } from "../plan/finishing.ts";
import { unaskedAttempts } from "../plan/unasked.ts";
import { planOf } from "./decide.ts";
import type { ExitCode } from "./exit.ts";
import { type Gathered, gather, requireGit } from "./gather.ts";
import { outFile } from "./out-file.ts";
import { type PlanArgs, planWith } from "./planning.ts";
import { refuse } from "./problems.ts";
import { type ReportArgs, report } from "./report.ts";
import { run } from "./run.ts";
import { journalFor, opened, runnerOf } from "./run-journal.ts";
import { reachable } from "./unasked.ts";
import { type ViaArgs, viaOf } from "./via.ts";
import type { World } from "./world.ts";

export interface ResumeArgs extends PlanArgs, ReportArgs, ViaArgs {
  readonly wait?: number | undefined;
}

/**
 * Finishes what is paid for: jobs that still run, results that are only in the journal. Where no units are chosen it also
 * finishes, for the journal, what no spec here asks for. It can submit nothing.
 */
export async function resume(args: ResumeArgs, world: World): Promise<ExitCode> {
  outFile(args.out, world);
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const via = await viaOf(args, gathered.value, world);
  const runner = runnerOf(world);
  const git = requireGit(gathered.value);
  const journal = await opened(git, () => journalFor(git, { emulated: args.emulate, push: args.push, runner }, world));

  // What submits nothing is held to no budget and no policy: they are for what is to be paid.
  const { plan, decision } = await planWith(gathered.value, journal.entries(), runner, args, world, noBudget);
  const left = finishing(plan.actions);
  const chosen = args.selectors.length > 0 || (args.exclude ?? []).length > 0;
  const open = chosen
    ? []
    : unaskedAttempts(
        plan.actions.map(({ action }) => action),
        decision.known,
        args.emulate,
      );
  const unasked = reachable(open, args, world);
  if (left.length === 0 && open.length === 0 && plan.actions.length > 0 && !args.quiet) {
    world.tell("note: nothing is open: no job of these videos still runs, and no result waits for its lock");
    world.tell("hint: `reelform plan` shows what `reelform reconcile` would begin");
  }
  if (!args.emulate && !args.quiet && emulatedRuns(gathered.value)) {
    world.tell("hint: the locks also tell of jobs of the emulator; `reelform resume --emulate` collects those");
  }
  const how = { ...args, submits: false, unasked };
  const ran = await run(planOf(left, decision), gathered.value, journal, runner, how, world);
  return report(ran, { gathered: gathered.value, journal, via }, args, world);
}

const emulatedRuns = ({ locks }: Gathered): boolean =>
  [...locks.values()].some(({ units }) =>
    [...units.values()].some(({ state, origin }) => state === "submitted" && origin === "emulated"),
  );
