import { type Candidate, type Found, idsOf, type Job } from "../model/job.ts";
import { type JournalEntries, type JournalEntry, JournalError, unresolved } from "../model/journal.ts";
import { type Traits, traitsOf } from "../model/provider.ts";
import type { Digest, ProviderName, Request } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { freshness } from "./freshness.ts";
import { jobsOf } from "./jobs.ts";
import { soughtSince } from "./perhaps-anothers.ts";
import type { Connection, Doubt, LockedJob, Run } from "./ports.ts";

/** What a provider's list is searched for: the job of an attempt, open or taken for failed. */
export interface Sought {
  readonly digest: Digest;
  readonly attempt: {
    readonly id: string;
    readonly provider: ProviderName;
    readonly claimedAt: string;
    readonly traits?: Traits;
  };
  /** Absent where no spec here asks for it: then only the attempt tells what it asked for. */
  readonly request?: Request;
}

/** What a provider's list says. */
export type Answer =
  | { readonly kind: "found"; readonly candidate: Candidate }
  | { readonly kind: "absent" }
  /** `asked`: the provider answered and could not settle it, so a person must. `again`: unless a later look finds it. */
  | { readonly kind: "unknown"; readonly asked: boolean; readonly again?: true; readonly message: string }
  | { readonly kind: "settled"; readonly entry: JournalEntry }
  | { readonly kind: "stopped" };

export interface Looking {
  /** Tells what is waited for. */
  readonly look: (text: string) => Promise<void>;
  /** What the journal has, once there is nothing to look for any more. */
  readonly over: () => JournalEntry | undefined;
  /** False where another request has been given the job meanwhile. */
  readonly take: (job: Job) => boolean;
}

/** Reads the list until it tells, or until only a person or another run can. */
export async function lookFor(
  sought: Sought,
  connection: Connection,
  run: Run,
  { look, over, take }: Looking,
): Promise<Answer> {
  const { provider, limits } = connection;
  const { clock } = run.ports.time;
  let message = "";
  for (let listings = 1, empty = 0; listings <= mostListings; listings += 1) {
    const seen = await candidates(sought, connection, run);
    if ("message" in seen) return { kind: "unknown", ...seen };
    const settled = over();
    if (settled !== undefined) return { kind: "settled", entry: settled };
    const [only, ...more] = seen.candidates;
    if (more.length > 0) return { kind: "unknown", asked: true, message: `${seen.candidates.length} jobs fit` };
    const [early] = seen.early ?? [];
    if (only === undefined && early !== undefined) {
      const message = `job ${early.job.id} fits and is older than the request, unless this machine's clock was wrong`;
      return { kind: "unknown", asked: true, message };
    }
    if (only === undefined && !seen.complete) {
      const message = `not in ${provider.name}'s list, which does not show every job`;
      return { kind: "unknown", asked: true, again: true, message };
    }
    if (only === undefined) {
      empty += 1;
      if (empty === 2) return { kind: "absent" };
      message = `not in ${provider.name}'s list`;
    } else {
      const rival = await rivalFor(only, sought, connection, run);
      if (rival === undefined && take(only.job)) return { kind: "found", candidate: only };
      // A rival that named its job while we looked has it.
      message = `job ${only.job.id} may belong to ${rival?.unit ?? "another request"}`;
      if (rival?.kind === "same") return { kind: "unknown", asked: true, message };
    }
    const delay = limits.visibleAfter + freshness(connection);
    await look(`${message}; looking again in ${Math.ceil(delay / 1000)} s`);
    await clock.sleep(delay, run.options.stop);
    if (run.options.stop.aborted) return { kind: "stopped" };
  }
  // Another run is about to say which job is its own, so the next run may well be able to tell.
  return { kind: "unknown", asked: false, message };
}

/** How often a list is read for one job. */
const mostListings = 6;

/** Why a list tells nothing. `asked`: it never will, so a person must. */
interface Untold {
  readonly asked: boolean;
  readonly message: string;
}

/** What the provider's list has that fits a doubt, whosever it is. */
async function fitting(sought: Sought, { provider, wire }: Connection, run: Run): Promise<Found | Untold> {
  const { search } = provider;
  const traits = search && traitsOf(sought, search);
  if (search === undefined || traits === undefined)
    return { asked: true, message: "no spec here and no journal tells what it asked for" };
  try {
    const attempts = run.ports.journal.entries().get(sought.digest)?.attempts ?? [];
    return await search.find({ traits, claimedAt: soughtSince(sought.attempt, attempts) }, wire);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { asked: false, message: `${provider.name} could not be asked: ${error.message}` };
  }
}

/** What of it belongs to no attempt that the journal knows. */
async function candidates(sought: Sought, connection: Connection, run: Run): Promise<Found | Untold> {
  const found = await fitting(sought, connection, run);
  if ("message" in found) return found;
  try {
    const taken = jobsOf(await run.ports.journal.refresh());
    const free = ({ job }: Candidate): boolean => !idsOf(connection.provider.name, job).some((id) => taken.has(id));
    return { ...found, candidates: found.candidates.filter(free), early: (found.early ?? []).filter(free) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { asked: false, message: `the journal cannot be read: ${error.message}` };
  }
}

interface Rival {
  /** `same`: nobody but a person can tell the two apart. `stranger`: a run, or a later look, may. */
  readonly kind: "same" | "stranger";
  readonly unit: string;
}

/** Who else may have begun a candidate; undefined when nobody can have. */
async function rivalFor(
  candidate: Candidate,
  sought: Sought,
  connection: Connection,
  run: Run,
): Promise<Rival | undefined> {
  const { provider } = sought.attempt;
  // A lock may be wrong, so its word hides no job; but what it names for another request is not taken from it.
  const holder = run.lockedJobs.find((one) => one.digest !== sought.digest && isSame(one, provider, candidate.job));
  if (holder !== undefined) return { kind: "same", unit: `${holder.unit}, whose lock names it` };
  const own = [...run.doubts.values()].filter(
    ({ attempt }) => attempt.provider === provider && attempt.id !== sought.attempt.id,
  );
  for (const rival of own) {
    const fit = await fits(rival, candidate, connection, run);
    // As long as the rival's list cannot be read, this may be it.
    if (fit !== "no") return { kind: fit === "yes" ? "same" : "stranger", unit: rival.id };
  }
  const known = new Set([sought.attempt.id, ...own.map(({ attempt }) => attempt.id)]);
  const strangers = openDoubts(run.ports.journal.entries(), provider).filter(({ attempt }) => !known.has(attempt.id));
  for (const rival of strangers) {
    const fit = await fits(rival, candidate, connection, run);
    if (fit === "no") continue;
    const settled = fit === "yes" && !run.options.alive(rival.attempt);
    return { kind: settled ? "same" : "stranger", unit: `${rival.id}, which another run has begun` };
  }
  return undefined;
}

function isSame(one: LockedJob, provider: ProviderName, job: Job): boolean {
  const ids = new Set(idsOf(one.provider, one.job));
  return idsOf(provider, job).some((id) => ids.has(id));
}

/**
 * Whether a doubt may have begun a candidate, by what the list shows of it. Also where nothing is known to compare it
 * with, as of attempts from before claims had traits: a person is asked then. `unread`: the list could not be had.
 */
async function fits(
  sought: Sought,
  candidate: Candidate,
  connection: Connection,
  run: Run,
): Promise<"yes" | "no" | "unread"> {
  const seen = await fitting(sought, connection, run);
  if ("message" in seen) return seen.asked ? "yes" : "unread";
  return [...seen.candidates, ...(seen.early ?? [])].some(({ job }) => job.id === candidate.job.id) ? "yes" : "no";
}

const openDoubts = (entries: JournalEntries, provider: ProviderName): readonly Doubt[] =>
  [...entries.values()].flatMap(({ digest, attempts }) =>
    attempts
      .filter((one) => unresolved(one))
      .filter((one) => one.provider === provider)
      .map((attempt) => ({ id: attempt.unit, digest, attempt })),
  );
