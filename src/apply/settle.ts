import type { Candidate } from "../model/job.ts";
import { type Attempt, type JournalEntries, unresolved } from "../model/journal.ts";
import type { Lost } from "../model/provider.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { begunElsewhere, isElsewhere } from "./elsewhere.ts";
import { idsOf, jobsOf } from "./jobs.ts";
import type { Connection, Doubt, Run } from "./ports.ts";

export type Settled =
  | { readonly kind: "found"; readonly candidate: Candidate }
  /** Two complete listings, a visibility delay apart, do not have it: it was never taken on. */
  | { readonly kind: "absent" }
  /** `asked`: the provider answered and could not settle it, so a person must. `again`: unless a later look finds it. */
  | { readonly kind: "unknown"; readonly asked: boolean; readonly again?: true; readonly message: string }
  | { readonly kind: "stopped" };

/** Asks the provider what became of a submit whose answer was lost. Never spends, and never guesses. */
export async function settle(doubt: Doubt, connection: Connection, run: Run): Promise<Settled> {
  const { provider, limits } = connection;
  const { clock } = run.ports.time;
  const { unit } = doubt;
  if (provider.find === undefined) {
    return { kind: "unknown", asked: true, message: `${provider.name} has no list of jobs to look in` };
  }
  if (isElsewhere(doubt.attempt, connection)) {
    const message = `${begunElsewhere(provider.name)}; run with that one, or settle it with resolve`;
    return { kind: "unknown", asked: false, message };
  }
  const look = (text: string) => run.ports.tell({ kind: "note", id: unit.id, note: { kind: "looking", text } });

  await look(`asking ${provider.name} whether the request of ${doubt.attempt.claimedAt} arrived`);
  let message = "";
  for (let listings = 1, empty = 0; listings <= mostListings; listings += 1) {
    const seen = await candidates(doubt, connection, run);
    if ("message" in seen) return { kind: "unknown", ...seen };
    const [only, ...more] = seen.candidates;
    if (more.length > 0) return { kind: "unknown", asked: true, message: `${seen.candidates.length} jobs fit` };
    const [early] = seen.early;
    if (only === undefined && early !== undefined) {
      const message = `job ${early.job.id} fits and is older than the request, unless this machine's clock was wrong`;
      return { kind: "unknown", asked: true, message };
    }
    if (only === undefined && !seen.complete) {
      const message = `not in ${provider.name}'s list, which does not show every job; later runs look again`;
      return { kind: "unknown", asked: true, again: true, message };
    }
    if (only === undefined) {
      empty += 1;
      if (empty === 2) return absent(doubt, run);
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

/** A list is believed once that it never had a request. Where a second one is missing too, the list may be what is wrong. */
function absent({ unit }: Doubt, run: Run): Settled {
  const attempts = run.ports.journal.entries().get(unit.digest)?.attempts ?? [];
  if (!attempts.some((one) => one.state === "failed" && one.absent === true)) return { kind: "absent" };
  const message = `${unit.provider}'s list has neither this request nor the one before it`;
  return { kind: "unknown", asked: true, message };
}

/** How often a list is read for one doubt. */
const mostListings = 6;

type Seen =
  | { readonly candidates: readonly Candidate[]; readonly early: readonly Candidate[]; readonly complete: boolean }
  | { readonly asked: boolean; readonly message: string };

/** What fits a doubt and belongs to no attempt that the journal knows. */
async function candidates({ unit, attempt }: Doubt, { provider, wire }: Connection, run: Run): Promise<Seen> {
  const lost: Lost = { request: unit.request, metadata: unit.metadata, claimedAt: attempt.claimedAt };
  try {
    const found = await provider.find?.(lost, wire);
    const taken = jobsOf(await run.ports.journal.refresh());
    const free = ({ job }: Candidate): boolean => !idsOf(provider.name, job).some((id) => taken.has(id));
    return {
      candidates: (found?.candidates ?? []).filter(free),
      early: (found?.early ?? []).filter(free),
      complete: found?.complete ?? false,
    };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { asked: false, message: `${provider.name} could not be asked: ${error.message}` };
  }
}

interface Rival {
  /** `same`: its request looks the same in the list. `stranger`: how its request would look is not known now. */
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
    // As long as nobody can say what the rival's request looks like in the list, this may be it.
    if ("message" in seen) return { kind: "stranger", unit: rival.unit.id };
    const fitting = [...seen.candidates, ...seen.early];
    if (fitting.some(({ job }) => job.id === candidate.job.id)) return { kind: "same", unit: rival.unit.id };
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
