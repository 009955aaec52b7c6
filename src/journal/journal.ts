import { type Clock, instant, type Random } from "../model/clock.ts";
import { inTurns } from "../model/in-turns.ts";
import {
  type Attempt,
  type Claim,
  type ClaimedAttempt,
  type DurableIntent,
  type Intent,
  type Journal,
  type JournalEntry,
  JournalError,
  type Runner,
} from "../model/journal.ts";
import { validUntil } from "./alive.ts";
import type { Allowance, Verdict, Wanted } from "./decide.ts";
import { gather } from "./gather.ts";
import { type Alone, openLedger, type Published } from "./ledger.ts";
import type { JournalRepo } from "./repo.ts";

export interface JournalOptions {
  /** With a remote, nothing counts as claimed before the remote has it. */
  readonly repo: JournalRepo;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly random: Random;
  /** Absent: what the remote does not take is not claimed. */
  readonly alone?: Alone;
  /** Aborted when the run is told to end: from then on no try waits for another, and what runs is cut off before long. */
  readonly stop?: AbortSignal;
  /** Absent: only plans are held to a budget. */
  readonly allowance?: Allowance | undefined;
}

export interface OpenJournal extends Journal {
  /** Why others cannot see our latest news yet. It is safe on this machine, and the next run brings it to them. */
  unpushed(): string | undefined;
  /** For the end of a run: no more waiting between tries, what still runs after `within` ms is cut off, all is settled. */
  flush(within: number): Promise<void>;
}

/** How long the last news may take to reach the remote once a run is told to end. Milliseconds. */
const afterStop = 3_000;

interface Claiming {
  readonly wanted: readonly Wanted[];
  readonly answer: (claims: readonly Claim[]) => void;
}

type Asked = (
  | ({ readonly kind: "claim" } & Claiming)
  | { readonly kind: "tell"; readonly news: JournalEntry; readonly answer: () => void }
  | { readonly kind: "refresh"; readonly answer: () => void }
) & { readonly urgent: boolean; readonly refuse: (reason: unknown) => void };

/** Opens the journal. Throws a JournalError when it cannot be read, or not brought to the remote that it has. */
export async function openJournal({
  repo,
  runner,
  clock,
  random,
  alone = () => false,
  stop,
  allowance,
}: JournalOptions): Promise<OpenJournal> {
  const hurry = new AbortController();
  const cut = new AbortController();
  const ledger = await openLedger(
    repo,
    { clock, random, hurry: hurry.signal, cut: cut.signal },
    { mayGoOn: alone, allowance },
  );

  /** A push that succeeds says nothing of the copy on this machine. */
  let lastLook = Number.NEGATIVE_INFINITY;
  /** As `lastLook`, where everything was read. */
  let lastRead = Number.NEGATIVE_INFINITY;
  const { add, idle } = gather<Asked>(
    async (batch) => {
      const looking = batch.filter((asked) => asked.kind === "refresh");
      const claiming = batch.filter((asked) => asked.kind === "claim");
      const telling = batch.filter((asked) => asked.kind === "tell");

      if (looking.length > 0) {
        await ledger.refresh().then(({ begun, whole }) => {
          lastLook = begun;
          if (whole) lastRead = begun;
          for (const { answer } of looking) answer();
        }, refuseAll(looking));
      }
      if (claiming.length + telling.length > 0) {
        const wanted = claiming.flatMap((asked) => asked.wanted);
        const news = telling.map((asked) => asked.news);
        await ledger.publish(wanted, news).then(
          async (published) => {
            // Whoever is answered goes on at once.
            await inTurns(telling, ({ answer }) => answer(), clock);
            await inTurns(claiming, answerClaims(published), clock);
          },
          refuseAll([...claiming, ...telling]),
        );
      }
    },
    { clock, hurry: hurry.signal },
  );

  const settled = new AbortController();
  let limit: Promise<void> | undefined;
  function end(within: number): void {
    hurry.abort();
    limit ??= clock.sleep(within, settled.signal).then(() => {
      if (!settled.signal.aborted) cut.abort();
    });
  }
  // A unit that tells its news when the run is told to end keeps the whole run waiting until they are written.
  const stopped = (): void => end(afterStop);
  if (stop?.aborted === true) stopped();
  else stop?.addEventListener("abort", stopped, { once: true });

  // Whoever opens the journal plans by what it says now.
  const planned = ledger.entries();
  let count = 0;
  function want(intent: Intent): Wanted {
    count += 1;
    const attempt: ClaimedAttempt = {
      id: `${runner.run}-${count}`,
      state: "claimed",
      unit: intent.unit,
      provider: intent.provider,
      runner,
      ...(intent.account === undefined ? {} : { account: intent.account }),
      claimedAt: instant(clock.now()),
      ...(intent.estimate === undefined ? {} : { estimate: intent.estimate }),
      ...(intent.traits === undefined ? {} : { traits: intent.traits }),
    };
    return { intent, attempt, planned: planned.get(intent.digest) };
  }

  return {
    entries: ledger.entries,
    async refresh(within = 0) {
      if (clock.monotonic() - lastRead < within) return ledger.entries();
      await new Promise<void>((answer, refuse) => add({ kind: "refresh", urgent: true, answer, refuse }));
      return ledger.entries();
    },
    claim: (intents) =>
      new Promise((answer, refuse) => add({ kind: "claim", urgent: true, wanted: intents.map(want), answer, refuse })),
    tell: (digest, attempt) =>
      new Promise((answer, refuse) => {
        const news = { digest, attempts: [attempt] };
        add({ kind: "tell", urgent: !isOver(attempt), news, answer, refuse });
      }),
    lastLook: () => lastLook,
    isClaimElsewhere: ledger.isClaimElsewhere,
    unpushed: ledger.unpushed,
    async flush(within) {
      end(within);
      await idle();
      stop?.removeEventListener("abort", stopped);
      settled.abort();
      await limit;
    },
  };
}

/** Of such an end the provider tells again, and nobody waits for its slot. */
const isOver = (attempt: Attempt): boolean =>
  attempt.state === "ready" || (attempt.state === "failed" && attempt.begun);

/** Whoever waits for work that failed, for whatever reason, must not believe that it is durable. */
const refuseAll = (asked: readonly Pick<Asked, "refuse">[]) => (reason: unknown) => {
  for (const { refuse } of asked) refuse(reason);
};

/** Answers claims in the order in which they were wanted: of a push, each has as many verdicts as it has intents. */
function answerClaims(published: Published) {
  let next = 0;
  return ({ wanted, answer, refuse }: Claiming & Pick<Asked, "refuse">): void => {
    if (published.kind === "unpublished") {
      refuse(new JournalError(`nothing was spent, because the journal cannot be pushed: ${published.why}`));
    } else {
      answer(published.verdicts.slice(next, next + wanted.length).map(claimOf));
      next += wanted.length;
    }
  };
}

function claimOf(verdict: Verdict): Claim {
  if (verdict.kind === "taken") return { kind: "taken", entry: verdict.entry };
  if (verdict.kind === "too-dear") return verdict;
  return { kind: "claimed", intent: durable(verdict.wanted) };
}

/** The one place where the type system learns that an intent is durable: right after it has become so. */
const durable = ({ intent, attempt }: Wanted): DurableIntent =>
  ({ ...intent, attempt, validUntil: validUntil(attempt.claimedAt) }) as DurableIntent;
