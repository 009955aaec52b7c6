import type { Candidate } from "../model/job.ts";
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
  for (const listing of ["first", "second"] as const) {
    const seen = await candidates(doubt, connection, run);
    if ("message" in seen) return { kind: "unknown", ...seen };
    const [only, ...more] = seen.candidates;
    if (more.length > 0) return { kind: "unknown", asked: true, message: `${seen.candidates.length} jobs fit` };
    if (only !== undefined) {
      const contested = await another(only, doubt, connection, run);
      if (contested === undefined) return { kind: "found", candidate: only };
      return { kind: "unknown", asked: true, message: contested };
    }
    if (!seen.complete)
      return { kind: "unknown", asked: true, message: `${provider.name}'s list does not reach back far enough` };
    if (listing === "second") break;
    await look(`not in ${provider.name}'s list; looking again in ${Math.ceil(limits.visibleAfter / 1000)} s`);
    await clock.sleep(limits.visibleAfter, run.options.stop);
    if (run.options.stop.aborted) return { kind: "stopped" };
  }
  return { kind: "absent" };
}

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
      candidates: (found?.candidates ?? []).filter(({ job }) => !taken.has(`${provider.name} ${job.id}`)),
      complete: found?.complete ?? false,
    };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { asked: false, message: `${provider.name} could not be asked: ${error.message}` };
  }
}

function jobsOf(entries: JournalEntries): ReadonlySet<string> {
  const attempts = [...entries.values()].flatMap((entry) => entry.attempts);
  return new Set(
    attempts.flatMap((attempt) => ("job" in attempt && attempt.job ? [`${attempt.provider} ${attempt.job.id}`] : [])),
  );
}

/** Why a candidate may be somebody else's, or undefined when nobody else can have begun it. */
async function another(
  candidate: Candidate,
  doubt: Doubt,
  connection: Connection,
  run: Run,
): Promise<string | undefined> {
  const rivals = [...run.doubts.values()].filter(
    ({ unit, attempt }) => unit.provider === doubt.unit.provider && attempt.id !== doubt.attempt.id,
  );
  for (const rival of rivals) {
    const seen = await candidates(rival, connection, run);
    const shares = "candidates" in seen && seen.candidates.some(({ job }) => job.id === candidate.job.id);
    if (shares) return `job ${candidate.job.id} fits ${rival.unit.id} as well`;
  }
  const known = new Set([doubt.attempt.id, ...rivals.map(({ attempt }) => attempt.id)]);
  const strangers = openAttempts(run.ports.journal.entries(), doubt.unit).filter(({ id }) => !known.has(id));
  const rival = strangers.find(
    ({ claimedAt }) => candidate.createdAt === undefined || claimedAt <= candidate.createdAt,
  );
  return rival === undefined
    ? undefined
    : `job ${candidate.job.id} may belong to ${rival.unit}, which another run has begun`;
}

const openAttempts = (entries: JournalEntries, { provider }: Unit): readonly Attempt[] =>
  [...entries.values()].flatMap(({ attempts }) =>
    attempts.filter((one) => unresolved(one) && one.provider === provider),
  );
