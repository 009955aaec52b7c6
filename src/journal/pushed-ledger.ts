import { isStillClaim, type JournalEntries, type JournalEntry, JournalError, unresolved } from "../model/journal.ts";
import { decide, type Verdict, type Wanted } from "./decide.ts";
import type { Ledger, Terms } from "./ledger.ts";
import { changes, withChanges } from "./merge.ts";
import type { Near } from "./near.ts";
import { type Pace, triesWhenFailing, waitAfterFailure } from "./pace.ts";
import type { Copy, JournalRepo, Snapshot } from "./repo.ts";
import { swap } from "./swap.ts";
import { canonicalText } from "./text.ts";
import { title } from "./title.ts";
import { withdrawn } from "./withdraw.ts";

/**
 * A journal whose remote copy is the one that counts. A claim is written here only after the remote has taken it, so a
 * claim that lost the race was never anybody's news. What is told was paid for: it is kept here first.
 */
export async function openPushedLedger(
  repo: JournalRepo,
  remote: Copy,
  near: Near,
  pace: Pace,
  { mayGoOn, allowance }: Terms,
): Promise<Ledger> {
  let far = await readPatiently(remote, pace);
  let trouble: string | undefined;
  /** Claims whose push was never answered. Nobody may spend on them: where they turn up they are taken back. */
  let unanswered: readonly Wanted[] = [];
  let alone: boolean | undefined;

  async function told(standing: Snapshot): Promise<readonly JournalEntry[]> {
    const dropped = await droppedFrom(standing, near.snapshot(), repo);
    if (dropped.size > 0) near.forget(dropped);
    const isStanding = ({ intent, attempt }: Wanted) => isStillClaim(standing.entries.get(intent.digest), attempt.id);
    return [...near.snapshot().entries.values(), ...unanswered.filter(isStanding).map(takenBack)];
  }

  const takenBack = ({ intent: { digest }, attempt }: Wanted): JournalEntry => ({
    digest,
    attempts: [withdrawn(pace.clock)(attempt)],
  });

  async function commit(standing: Snapshot, changed: readonly JournalEntry[]): Promise<string> {
    const { head, entries } = near.snapshot();
    const parents = await parentsFor(standing, near.snapshot());
    const onHere = parents[0] === head;
    const beyond = onHere ? changes(entries, changed) : changed;
    if (onHere && head !== undefined && beyond.length === 0) return head;
    return repo.write({ parents, changed: beyond, message: title(changed) });
  }

  async function parentsFor(standing: Snapshot, here: Snapshot): Promise<readonly string[]> {
    if (here.head === undefined || changes(standing.entries, here.entries.values()).length === 0) {
      return [standing.head ?? here.head].filter((head) => head !== undefined);
    }
    if (standing.head === undefined || standing.head === here.head) return [here.head];
    return (await repo.contains(here.head, standing.head)) ? [here.head] : [standing.head, here.head];
  }

  async function bring(wanted: readonly Wanted[]) {
    const news = { wanted, allowance, told, withdraw: withdrawn(pace.clock), commit };
    const tries = () => (pace.hurry.aborted || trouble !== undefined ? 1 : triesWhenFailing);
    const swapped = await swap(remote, far, news, tries, pace);
    far = swapped.snapshot;
    trouble = swapped.kind === "failed" ? swapped.why : undefined;
    await near.follow(far);
    return swapped;
  }

  const first = await bring([]);
  if (first.kind === "failed") throw new JournalError(`the journal cannot be pushed: ${first.why}`);

  /** What is granted so far, if this machine's copy grants it as well. */
  async function claimHere(verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
    const granted = grantedIn(verdicts);
    if (granted.length === 0) return verdicts;
    const here = await near.write(granted, []);
    const own = new Map(granted.map((wanted, at) => [wanted, here[at]]));
    return verdicts.map((verdict) => ("wanted" in verdict ? (own.get(verdict.wanted) ?? verdict) : verdict));
  }

  /**
   * A run without the remote, on this same machine, sees a claim only here. What it claimed first is its own, whatever the
   * remote said: ours is taken back.
   */
  async function alsoHere(verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
    // Where the copy here became the remote's in one step, nobody claimed anything in between.
    if (near.snapshot() === far) return verdicts;
    const both = await claimHere(verdicts);
    const lost = refusedBy(both, grantedIn(verdicts));
    if (lost.length > 0) {
      await near.write([], lost.map(takenBack));
      await bring([]);
    }
    return both;
  }

  /** Without the remote's leave, but not against what it was last seen to have. */
  async function onlyWithUs(wanted: readonly Wanted[]): Promise<readonly Verdict[]> {
    const verdicts = await claimHere(decide(known().entries, wanted, allowance));
    unanswered = [...unanswered, ...refusedBy(verdicts, wanted)];
    return verdicts;
  }

  let joined:
    | {
        readonly far: Snapshot;
        readonly here: Snapshot;
        readonly entries: JournalEntries;
        /** What is known on this machine alone. */
        readonly onlyHere: readonly JournalEntry[];
      }
    | undefined;
  function known(): NonNullable<typeof joined> {
    const here = near.snapshot();
    if (joined?.far !== far || joined.here !== here) {
      const onlyHere = changes(far.entries, here.entries.values());
      joined = { far, here, onlyHere, entries: withChanges(far.entries, onlyHere) };
    }
    return joined;
  }

  return {
    entries: () => known().entries,
    async refresh() {
      const asked = pace.clock.monotonic();
      const answer = alone === true ? await remote.read(pace.cut) : undefined;
      const whole = answer?.kind !== "failed";
      if (whole) far = answer?.snapshot ?? (await readPatiently(remote, pace));
      const begun = whole ? asked : pace.clock.monotonic();
      await near.reread();
      await near.follow(far);
      return { begun, whole };
    },
    async publish(wanted, news) {
      await near.write([], news);
      const swapped = await bring(wanted);
      if (swapped.kind === "done") return { kind: "published", verdicts: await alsoHere(swapped.verdicts) };
      if (wanted.length > 0) alone ??= mayGoOn(`the journal cannot be pushed: ${swapped.why}`);
      if (alone === true) return { kind: "published", verdicts: await onlyWithUs(wanted) };
      unanswered = [...unanswered, ...wanted];
      return { kind: "unpublished", why: swapped.why };
    },
    isClaimElsewhere: (digest, attempt) => isStillClaim(far.entries.get(digest), attempt),
    unpushed: () => (alone === true || known().onlyHere.length === 0 ? undefined : trouble),
  };
}

/**
 * What stands open here and was known there once, as it is here, and is there no more: it was settled, and dropped in time.
 * Brought back it would stand open for ever.
 */
async function droppedFrom(there: Snapshot, here: Snapshot, repo: JournalRepo): Promise<ReadonlySet<string>> {
  const missing = [...here.entries.values()].filter(({ digest, attempts }) => {
    const known = new Set(there.entries.get(digest)?.attempts.map(({ id }) => id));
    return attempts.some((attempt) => unresolved(attempt) && !known.has(attempt.id));
  });
  if (missing.length === 0 || here.head === undefined || there.head === undefined) return new Set();
  const parted = await repo.parted(here.head, there.head);
  return new Set(
    missing.flatMap(({ digest, attempts }) => {
      const [before, now] = [parted, there.entries].map((entries) => entries.get(digest)?.attempts ?? []);
      const dropped = attempts.filter(
        (attempt) =>
          unresolved(attempt) &&
          !now?.some(({ id }) => id === attempt.id) &&
          before?.some((one) => canonicalText(one) === canonicalText(attempt)),
      );
      return dropped.map(({ id }) => id);
    }),
  );
}

const grantedIn = (verdicts: readonly Verdict[]): readonly Wanted[] =>
  verdicts.flatMap((verdict) => ("wanted" in verdict ? [verdict.wanted] : []));

const refusedBy = (verdicts: readonly Verdict[], wanted: readonly Wanted[]): readonly Wanted[] => {
  const granted = new Set(grantedIn(verdicts));
  return wanted.filter((one) => !granted.has(one));
};

async function readPatiently(copy: Copy, pace: Pace): Promise<Snapshot> {
  for (let round = 1; ; round++) {
    const answer = await copy.read(pace.cut);
    if (answer.kind === "read") return answer.snapshot;
    if (round >= triesWhenFailing || pace.hurry.aborted) {
      throw new JournalError(`the journal cannot be fetched: ${answer.why}`);
    }
    await waitAfterFailure(pace, round);
  }
}
