import { submitted, turnedAway } from "../apply/attempt.ts";
import { instant } from "../model/clock.ts";
import type { Candidate } from "../model/job.ts";
import { type Attempt, unresolved } from "../model/journal.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { connections } from "./connections.ts";
import { emulation } from "./emulation.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { gather, requireGit } from "./gather.ts";
import { refuse } from "./problems.ts";
import { opened } from "./reconcile.ts";
import { aliveFor, journalFor, runnerOf } from "./run-journal.ts";
import type { CommonArgs, World } from "./world.ts";

export interface ResolveArgs extends CommonArgs {
  readonly unit: string;
  readonly job: string | undefined;
  readonly none: boolean;
  readonly abandon: boolean;
  readonly push: boolean;
}

/** Settles a submit whose answer was lost: shows what the provider has, or writes down what a person found out. */
export async function resolve(args: ResolveArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const unit = gathered.value.units.find(({ id }) => id === args.unit);
  if (unit === undefined) throw new UsageError(`there is no unit ${args.unit}`, "`reelform status` lists every unit");
  const git = requireGit(gathered.value);
  const runner = runnerOf(world);
  const journal = await opened(() => journalFor(git, { emulated: args.emulate, push: args.push, runner }, world));
  const attempt = journal.entries().get(unit.digest)?.attempts.find(unresolved);
  if (attempt === undefined) {
    world.print(`${unit.id}: nothing is open`);
    return exit.done;
  }
  if (aliveFor(runner, world)(attempt)) {
    throw new UsageError(
      `${unit.id} is being submitted by another run (${attempt.runner.ci?.url ?? attempt.runner.host})`,
      undefined,
      exit.running,
    );
  }

  const settled = decided(attempt, args, world.time.clock.now());
  if (settled === undefined) return ask(unit, attempt, git.commonDir, args, world);
  await journal.tell(unit.digest, settled);
  await journal.flush(5_000);
  world.print(`${unit.id}: ${said(settled)}`);
  return exit.done;
}

function decided(attempt: Attempt, { job, none, abandon }: ResolveArgs, now: number): Attempt | undefined {
  if (job !== undefined) return submitted(attempt, { job: { id: job } }, now);
  if (none) return turnedAway(attempt, "not-sent", "somebody saw that the provider never took it on", now);
  if (!abandon) return undefined;
  return { ...turnedAway(attempt, "unknown", "given up: whether it was billed is not known", now), begun: true };
}

const said = (attempt: Attempt): string =>
  attempt.state === "submitted"
    ? "recorded; `reelform resume` fetches it"
    : attempt.state === "failed" && !attempt.begun
      ? "recorded as never accepted; `reelform reconcile` may submit it"
      : "recorded as failed; it is not submitted again unless its spec changes";

/** Shows the candidates. The answer never says to try again: that would be a second bill. */
async function ask(
  unit: Unit,
  attempt: Attempt,
  gitFolder: string,
  args: ResolveArgs,
  world: World,
): Promise<ExitCode> {
  const emulator = args.emulate ? await emulation(gitFolder, world) : undefined;
  try {
    const { provider, wire } = connections(world, emulator?.address)(unit.provider);
    const lost = { request: unit.request, metadata: unit.metadata, claimedAt: attempt.claimedAt };
    const found = await provider.find?.(lost, wire);
    const price = attempt.estimate === undefined ? "its price is not known" : `it may have cost $${attempt.estimate}`;
    world.print(
      `${unit.id} was sent to ${provider.name} at ${attempt.claimedAt} and no clear answer came back; ${price}.`,
    );
    world.print(candidatesText(found?.candidates, provider.name));
    world.print(`It became a job:      reelform resolve ${unit.id} --job <id>`);
    world.print(`It was never there:   reelform resolve ${unit.id} --none`);
    world.print(`Nobody can tell:      reelform resolve ${unit.id} --abandon`);
    return exit.humanNeeded;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const hint =
      "what a person finds at the provider can be written down without asking it: --job, --none or --abandon";
    throw new UsageError(`${unit.provider} could not be asked: ${error.message}`, hint, exit.humanNeeded);
  } finally {
    await emulator?.close();
  }
}

function candidatesText(candidates: readonly Candidate[] | undefined, provider: string): string {
  if (candidates === undefined) return `${provider} has no list to look in; look at its dashboard.`;
  if (candidates.length === 0) return `${provider} lists no job that fits.`;
  const rows = candidates.map(({ job, createdAt, title }) =>
    `  ${job.id}  ${createdAt ?? instant(0)}  ${title ?? ""}`.trimEnd(),
  );
  return [`${provider} lists what may be it:`, ...rows].join("\n");
}
