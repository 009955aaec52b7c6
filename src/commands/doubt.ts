import { type Attempt, type JournalEntries, type OpenAttempt, unresolved } from "../model/journal.ts";
import type { Unknown } from "../model/lock.ts";
import { unknownIn } from "../model/locked-attempt.ts";
import { type Search, type Traits, traitsOf } from "../model/provider.ts";
import type { Digest, Unit, UnitId } from "../model/unit.ts";
import type { Gathered } from "./gather.ts";

/** A submit that nobody knows the fate of. */
export interface OpenSubmit {
  readonly digest: Digest;
  readonly attempt: OpenAttempt;
}

/** What a lock says of a unit that is held, be its spec there, renamed, copied or gone; undefined where it says anything else. */
export function heldEntry(
  id: UnitId,
  unit: Unit | undefined,
  { locks }: Pick<Gathered, "locks">,
  emulated: boolean,
): Unknown | undefined {
  const all = [...locks.values()].flatMap(({ units }) => [...units]);
  const own = all.find(([name]) => name === id);
  // A copy is held by the lock of the first.
  const [, entry] = own ?? all.find(([, { state, digest }]) => state === "unknown" && digest === unit?.digest) ?? [];
  return entry?.state === "unknown" && (entry.origin === "emulated") === emulated ? entry : undefined;
}

/**
 * The open submit of a unit: as the journal has it, be it for what the spec asks now, for what the lock holds, or for
 * what a spec asked before; or, where this journal has never heard of it, as the lock alone tells it.
 */
export function openSubmit(
  id: UnitId,
  unit: Unit | undefined,
  held: Unknown | undefined,
  journal: JournalEntries,
  alive: (attempt: Attempt) => boolean,
): OpenSubmit | undefined {
  const asked = [unit?.digest, held?.digest].flatMap((digest) => (digest === undefined ? [] : [digest]));
  for (const digest of asked) {
    const attempt = journal.get(digest)?.attempts.find(unresolved);
    if (attempt !== undefined) return { digest, attempt };
  }
  const known = held !== undefined && (journal.get(held.digest)?.attempts.some(isOf(held)) ?? false);
  if (held !== undefined && !known) return { digest: held.digest, attempt: unknownIn(id, held) };
  return unaskedOf(id, journal, alive);
}

const isOf =
  ({ attempt }: Unknown) =>
  ({ id }: Attempt): boolean =>
    id === attempt;

/** How many more were begun in a unit's name and are open: each is asked about when those before it are settled. */
export const othersOpen = (id: UnitId, { attempt }: OpenSubmit, journal: JournalEntries): number =>
  openOf(id, journal).filter((one) => one.attempt.id !== attempt.id).length;

/** All that was begun in a unit's name and is open, whatever its spec says now. */
export const openOf = (id: UnitId, journal: JournalEntries): readonly OpenSubmit[] =>
  [...journal.values()].flatMap(({ digest, attempts }) =>
    attempts
      .filter(unresolved)
      .filter(({ unit }) => unit === id)
      .map((attempt) => ({ digest, attempt })),
  );

/** The oldest that was begun in a unit's name, whatever its spec says now; those of runs that are at work come last. */
function unaskedOf(id: UnitId, journal: JournalEntries, alive: (attempt: Attempt) => boolean): OpenSubmit | undefined {
  const rank = ({ attempt }: OpenSubmit): string => `${alive(attempt) ? 1 : 0} ${attempt.claimedAt}`;
  return openOf(id, journal).reduce<OpenSubmit | undefined>(
    (first, one) => (first === undefined || rank(one) < rank(first) ? one : first),
    undefined,
  );
}

/** What its job is known by in the provider's list, where that is known. */
export const traitsIn = ({ digest, attempt }: OpenSubmit, unit: Unit | undefined, search: Search): Traits | undefined =>
  traitsOf({ attempt, ...(unit?.digest === digest ? { request: unit.request } : {}) }, search);
