import type { Candidate, Job } from "../model/job.ts";
import { type Attempt, type JournalEntries, unresolved } from "../model/journal.ts";
import type { Lost } from "../model/provider.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import type { Connection, Doubt, Run } from "./ports.ts";

export type Settled =
  | { readonly kind: "found"; readonly candidate: Candidate }
  /** Two complete listings, a visibility delay apart, do not have it: it was never taken on. */
  | { readonly kind: "absent" }
  /** `asked`: the provider answered and could not settle it, so a person must. */
  | { readonly kind: "unknown"; readonly asked: boolean; readonly message: string }
  | { readonly kind: "stopped" };

/** Asks the provider what became of a submit whose answer was lost. Never spends, and never guesses. */
export async function settle(doubt: Doubt, connection: Connection, run: Run): Promise<Settled> {
  const { provider, limits } = connection;
  const { clock } = run.ports.time;
  const { unit } = doubt;
  if (provider.find === undefined) {
    return { kind: "unknown", asked: true, message: `${provider.name} has no list of jobs to look in` };
  }
  const look = (text: string) => run.ports.tell({ kind: "note", id: unit.id, note: { kind: "looking", text } });

  await look(`asking ${provider.name} whether the request of ${doubt.attempt.claimedAt} arrived`);
  let message = "";
  for (let listings = 1, empty = 0; listings <= mostListings; listings += 1) {
    const seen = await candidates(doubt, connection, run);
    if ("message" in seen) return { kind: "unknown", ...seen };
    const [only, ...more] = seen.candidates;
    if (more.length > 0) return { kind: "unknown", asked: true, message: `${seen.candidates.length} jobs fit` };
    if (only === undefined && !seen.complete) {
      return { kind: "unknown", asked: true, message: `${provider.name}'s list does not reach back far enough` };
    }
    if (only === undefined) {
      empty += 1;
      if (empty === 2) return { kind: "absent" };
      message = `not in ${provider.name}'s list`;
    } else {
      const rival = await another(only, doubt, connection, run);
      if (rival === undefined) return { kind: "found", candidate: only };
      message = `job ${only.job.id} may belong to ${rival.unit}`;
      if (rival.kind === "same") return { kind: "unknown", asked: true, message };
    }
    await look(`${message}; looking again in ${Math.ceil(limits.visibleAfter / 1000)} s`);
    await clock.sleep(limits.visibleAfter, run.options.stop);
    if (run.options.stop.aborted) return { kind: "stopped" };
  }
  // Another run is about to say which job is its own, so the next run may well be able to tell.
  return { kind: "unknown", asked: false, message };
}

/** How often a list is read for one doubt. */
const mostListings = 6;

type Seen =
  | { readonly candidates: readonly Candidate[]; readonly complete: boolean }
  | { readonly asked: boolean; readonly message: string };

/** What fits a doubt and belongs to no attempt that the journal knows. */
async function candidates({ unit, attempt }: Doubt, { provider, wire }: Connection, run: Run): Promise<Seen> {
  const lost: Lost = { request: unit.request, metadata: unit.metadata, claimedAt: attempt.claimedAt };
  try {
    const found = await provider.find?.(lost, wire);
    const taken = jobsOf(await run.ports.journal.refresh());
    return {
      candidates: (found?.candidates ?? []).filter(({ job }) => !idsOf(provider.name, job).some((id) => taken.has(id))),
      complete: found?.complete ?? false,
    };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { asked: false, message: `${provider.name} could not be asked: ${error.message}` };
  }
}

/** Every id by which the journal knows a job: a list may name a video where a submit named its job. */
function jobsOf(entries: JournalEntries): ReadonlySet<string> {
  const attempts = [...entries.values()].flatMap((entry) => entry.attempts);
  return new Set(
    attempts.flatMap((one) => ("job" in one && one.job !== undefined ? idsOf(one.provider, one.job) : [])),
  );
}

const idsOf = (provider: string, job: Job): readonly string[] => Object.values(job).map((id) => `${provider} ${id}`);

interface Rival {
  /** `same`: its request looks the same in the list. `stranger`: what it asked for is not known here. */
  readonly kind: "same" | "stranger";
  readonly unit: string;
}

/** Who else may have begun a candidate; undefined when nobody can have. */
async function another(
  candidate: Candidate,
  doubt: Doubt,
  connection: Connection,
  run: Run,
): Promise<Rival | undefined> {
  const rivals = [...run.doubts.values()].filter(
    ({ unit, attempt }) => unit.provider === doubt.unit.provider && attempt.id !== doubt.attempt.id,
  );
  for (const rival of rivals) {
    const seen = await candidates(rival, connection, run);
    const shares = "candidates" in seen && seen.candidates.some(({ job }) => job.id === candidate.job.id);
    if (shares) return { kind: "same", unit: rival.unit.id };
  }
  const known = new Set([doubt.attempt.id, ...rivals.map(({ attempt }) => attempt.id)]);
  const strangers = openAttempts(run.ports.journal.entries(), doubt.unit).filter(({ id }) => !known.has(id));
  const stranger = strangers.find(
    ({ claimedAt }) => candidate.createdAt === undefined || claimedAt <= candidate.createdAt,
  );
  return stranger === undefined
    ? undefined
    : { kind: "stranger", unit: `${stranger.unit}, which another run has begun` };
}

const openAttempts = (entries: JournalEntries, { provider }: Unit): readonly Attempt[] =>
  [...entries.values()].flatMap(({ attempts }) =>
    attempts.filter((one) => unresolved(one) && one.provider === provider),
  );
