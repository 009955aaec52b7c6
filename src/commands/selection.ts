import { GitError } from "../io/git/error.ts";
import { git as runGit } from "../io/git/run.ts";
import type { Unit } from "../model/unit.ts";
import { exclude, type Facts, type Selectable, select, withNeeds } from "../plan/select.ts";
import { UsageError } from "./exit.ts";
import type { Gathered } from "./gather.ts";

export interface Selection {
  readonly units: readonly Unit[];
  /** Whether nothing was left out, so that what the locks have beyond these units is gone from the specs. */
  readonly whole: boolean;
}

/** The units that the selectors mean. One that means nothing is a mistake, not an empty wish. */
export async function selection(
  gathered: Gathered,
  selectors: readonly string[],
  without: readonly string[],
): Promise<Selection> {
  const { units } = gathered;
  const facts = await factsOf(gathered, [...selectors, ...without]);
  mustMean(units, [...selectors, ...without], facts);
  return {
    units: exclude(withNeeds(select(units, selectors, facts), units), without, facts),
    whole: selectors.length === 0 && without.length === 0,
  };
}

/** Those of what is told of units that the selectors mean, of units that no spec wants any more too. */
export async function chosen<T extends Selectable>(
  all: readonly T[],
  gathered: Gathered,
  selectors: readonly string[],
): Promise<readonly T[]> {
  const facts = await factsOf(gathered, selectors);
  mustMean([...gathered.units, ...all], selectors, facts);
  return select(all, selectors, facts);
}

function mustMean(all: readonly Selectable[], selectors: readonly string[], facts: Facts): void {
  const idle = selectors.filter((selector) => select(all, [selector], facts).length === 0);
  if (idle.length === 0 || idle.every((selector) => /^(state|changed):/.test(selector))) return;
  throw new UsageError(`nothing is selected by ${idle.join(", ")}`, "`reelform status` lists every unit");
}

async function changedSince(ref: string, project: string): Promise<ReadonlySet<string>> {
  try {
    const names = await runGit(project, ["diff", "--name-only", "--relative", "-z", `${ref}...HEAD`, "--"]);
    return new Set(names.split("\0"));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const hint = "in CI, check out with the whole history";
    throw new UsageError(`changed:${ref}: Git finds no such commit that HEAD has anything in common with`, hint);
  }
}

async function factsOf({ locks, git, repository }: Gathered, selectors: readonly string[]): Promise<Facts> {
  const refs = new Set(selectors.flatMap((selector) => (selector.startsWith("changed:") ? [selector.slice(8)] : [])));
  const changed = new Map<string, ReadonlySet<string>>();
  for (const ref of refs) {
    if (git === undefined) throw new UsageError(`changed:${ref} needs a Git repository`);
    if (ref.startsWith("-")) throw new UsageError(`${ref} is not a commit`);
    changed.set(ref, await changedSince(ref, repository.project));
  }
  return {
    state: (unit) => locks.get(unit.spec)?.units.get(unit.id)?.state ?? "absent",
    changed: (unit, ref) => changed.get(ref)?.has(unit.spec) ?? false,
  };
}
