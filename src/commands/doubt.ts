import { type Attempt, type JournalEntries, unresolved } from "../model/journal.ts";
import type { Unknown } from "../model/lock.ts";
import type { Digest, Unit } from "../model/unit.ts";
import type { Gathered } from "./gather.ts";

/** A submit of a unit that nobody knows the fate of. */
export interface OpenSubmit {
  readonly digest: Digest;
  readonly attempt: Attempt;
}

/** What the lock says of a unit that is held; undefined where it says anything else. */
export function heldEntry(unit: Unit, { locks }: Pick<Gathered, "locks">, emulated: boolean): Unknown | undefined {
  const entry = locks.get(unit.spec)?.units.get(unit.id);
  return entry?.state === "unknown" && (entry.origin === "emulated") === emulated ? entry : undefined;
}

/**
 * The open submit of a unit: as the journal has it, be it for what the spec asks now or for what the lock holds; or,
 * where this journal has never heard of it, as the lock alone tells it.
 */
export function openSubmit(unit: Unit, held: Unknown | undefined, journal: JournalEntries): OpenSubmit | undefined {
  const digests = held === undefined ? [unit.digest] : [unit.digest, held.digest];
  for (const digest of digests) {
    const attempt = journal.get(digest)?.attempts.find(unresolved);
    if (attempt !== undefined) return { digest, attempt };
  }
  if (held === undefined) return undefined;
  const known = journal.get(held.digest)?.attempts.some(({ id }) => id === held.attempt) ?? false;
  return known ? undefined : { digest: held.digest, attempt: asAttempt(unit, held) };
}

/** The same attempt as the run's own journal has it, as far as a lock knows: the two merge by its id. */
const asAttempt = (unit: Unit, { attempt: id, provider, submittedAt, message }: Unknown): Attempt => ({
  id,
  unit: unit.id,
  provider,
  runner: { run: "lock", host: "lock", pid: 0 },
  claimedAt: submittedAt,
  state: "unknown",
  submittedAt,
  message,
  asked: true,
});
