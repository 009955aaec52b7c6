import { parseLock } from "../lock/parse.ts";
import { lockPath } from "../lock/path.ts";
import { emptyLock, type Lock } from "../model/lock.ts";
import type { Plan } from "../model/plan.ts";
import type { RepoPath } from "../model/unit.ts";
import { linesWithout, onlyApproved } from "../plan/approve.ts";
import { earlier, failedSince } from "../plan/before.ts";
import { validate as validateLock } from "../schema/lock.validate.js";
import { locksOfBase } from "./base-locks.ts";
import { type Decision, decide, planOf } from "./decide.ts";
import type { Gathered } from "./gather.ts";

/**
 * What is left of a plan that was made for the commit `since`, by the locks of that commit and by the journal before runs
 * that have begun some of it; undefined where none of that makes the plan that is meant.
 */
export async function leftOf(
  isMeant: (plan: Plan) => boolean,
  since: string,
  { plan, decision, gathered }: { readonly plan: Plan; readonly decision: Decision; readonly gathered: Gathered },
): Promise<Plan | undefined> {
  const locks = await locksAt(since, gathered);
  const requests = new Set(decision.units.map(({ digest }) => digest));
  for (const journal of earlier(decision.known.journal, requests)) {
    const then = decide({ ...decision, known: { ...decision.known, locks, journal } });
    if (!isMeant(then)) continue;
    const used = failedSince(journal, decision.known.journal);
    return planOf(onlyApproved(plan.actions, linesWithout(then.actions, used)), decision);
  }
  return undefined;
}

async function locksAt(
  since: string,
  { root, git, project, specs, locks }: Gathered,
): Promise<ReadonlyMap<RepoPath, Lock>> {
  const { files } = await locksOfBase("--since", since, { root, git, videos: project.videos });
  const known = [...specs.map(({ document }) => document.file), ...locks.keys()];
  const beside = new Map(known.map((spec) => [lockPath(spec), spec]));
  return new Map(
    files.map(({ file, text }) => {
      const read = parseLock(file, text, validateLock as Parameters<typeof parseLock>[2]);
      const spec = beside.get(file) ?? (file.replace(/\.lock\.json$/, ".yaml") as RepoPath);
      return [spec, read.ok ? read.value : emptyLock];
    }),
  );
}
