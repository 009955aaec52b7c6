import { type Candidate, type FailureClass, type Job, passing } from "../model/job.ts";
import {
  type Attempt,
  type Claim,
  type ClaimedAttempt,
  type DurableIntent,
  type Intent,
  isStillClaim,
  type Journal,
  type JournalEntry,
  JournalError,
  type SubmittedAttempt,
  type UnknownAttempt,
} from "../model/journal.ts";
import type { WireRequest } from "../model/provider.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { adopted, entryOf, submitted, turnedAway, unheard } from "./attempt.ts";
import { freshness } from "./freshness.ts";
import { longestPause } from "./lane.ts";
import { lookAgain } from "./look-again.ts";
import { became, note, origin } from "./news.ts";
import { type Connection, doubtOf, type Run } from "./ports.ts";
import { prepare } from "./prepare.ts";
import { submit } from "./submit.ts";

export type Begun =
  /** `at`: when the provider took it on, by the clock that never goes back; `before`: it was there already. */
  | { readonly kind: "submitted"; readonly attempt: SubmittedAttempt; readonly at: number | "before" }
  | { readonly kind: "in-doubt"; readonly attempt: UnknownAttempt }
  | { readonly kind: "taken"; readonly entry: JournalEntry }
  /** Nothing runs and nothing was billed. Why has been told. */
  | { readonly kind: "not-begun" };

const notBegun: Begun = { kind: "not-begun" };

/** From an intention to a job whose id is durable. The caller holds a slot of the provider's lane. */
export async function begin(
  unit: Unit,
  estimate: string | undefined,
  connection: Connection,
  run: Run,
): Promise<Begun> {
  const { account, provider } = connection;
  const traits = provider.search?.traits(unit.request);
  const intent = { digest: unit.digest, unit: unit.id, provider: unit.provider, account, estimate, traits };
  const before = await lookAgain(unit, connection, run);
  switch (before.kind) {
    case "held":
      await note(run, unit, before);
      return notBegun;
    case "taken":
      return before;
    case "found":
      return claimFor(unit, intent, run, (granted) => adopt(unit, granted, before.candidate, run));
    case "nothing":
      return run.begin.signal.aborted ? held(unit, run) : create(unit, intent, connection, run);
  }
}

/** Claim, submit, told. */
async function create(unit: Unit, intent: Intent, connection: Connection, run: Run): Promise<Begun> {
  let request: WireRequest;
  try {
    request = await prepare(unit, connection, run);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return turnAway(unit, undefined, error.class, `upload: ${error.message}`, run);
  }
  if (!(await run.lane(unit.provider).turn(run.begin.signal))) return held(unit, run);
  for (let claims = 1; ; claims += 1) {
    const begun = await claimFor(unit, intent, run, (granted) => send(unit, granted, request, connection, run));
    if (begun !== "expired") return begun;
    if (claims === mostClaims) return turnAway(unit, undefined, "not-sent", "its turn to be sent did not come", run);
  }
}

/** A claim that waited too long for its turn is made anew, so often. */
const mostClaims = 5;

/** What is paid for already needs a claim as well: others may have found it too. */
async function adopt(unit: Unit, { intent }: Granted, candidate: Candidate, run: Run): Promise<Begun> {
  if (!run.jobs.take(unit.provider, candidate.job)) {
    return turnAway(unit, intent.attempt, "not-sent", `job ${candidate.job.id} is another request's by now`, run);
  }
  run.lane(unit.provider).began();
  const attempt = adopted(intent.attempt, candidate, run.ports.time.clock.now());
  await note(run, unit, { kind: "submitted", job: attempt.job.id });
  await run.ports.journal.tell(unit.digest, attempt);
  await became(run, unit, entryOf(unit, attempt, origin(run), {}));
  return { kind: "submitted", attempt, at: "before" };
}

/** `then` goes on from a claim that was granted. */
async function claimFor<Came extends Begun | "expired">(
  unit: Unit,
  intent: Intent,
  run: Run,
  then: (granted: Granted) => Promise<Came>,
): Promise<Begun | Came> {
  const asked = run.ports.time.clock.monotonic();
  const claim = await claimOne(intent, run.ports.journal);
  if (claim instanceof JournalError) {
    // What cannot be written down is not begun, by this unit or any other.
    run.begin.abort();
    return turnAway(unit, undefined, "not-sent", claim.message, run);
  }
  if (claim.kind === "taken") return { kind: "taken", entry: claim.entry };
  if (claim.kind === "too-dear") return turnAway(unit, undefined, "not-sent", claim.why, run);
  const { attempt } = claim.intent;
  run.doubts.set(attempt.id, doubtOf(unit, attempt));
  const granted = run.ports.journal.entries().get(unit.digest);
  await note(run, unit, { kind: "claimed" });
  const came = await then({ intent: claim.intent, asked, granted });
  if (came === "expired" || came.kind !== "in-doubt") run.doubts.delete(attempt.id);
  return came;
}

async function claimOne(intent: Intent, journal: Journal): Promise<Claim | JournalError> {
  try {
    const [claim] = await journal.claim([intent]);
    if (claim === undefined) throw new Error("the journal answered no claim");
    return claim;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return error;
  }
}

/** How often one claim is sent again after a complete refusal, or after no connection came about. */
const patience = { rate: 20, "not-sent": 3 } as const;
/** How often the journal is read again before a submit, where each time takes too long to tell of now. */
const looks = 5;

interface Granted {
  readonly intent: DurableIntent;
  /** When the claim was handed to the journal, which may have taken long to answer. */
  readonly asked: number;
  /** What the journal had of the request when it granted the claim. */
  readonly granted: JournalEntry | undefined;
}

async function send(
  unit: Unit,
  { intent, asked, granted }: Granted,
  request: WireRequest,
  connection: Connection,
  run: Run,
): Promise<Begun | "expired"> {
  const lane = run.lane(unit.provider);
  const { clock } = run.ports.time;
  const tries = { rate: 0, "not-sent": 0 };

  while (await lane.takeOff(run.begin.signal)) {
    if (clock.now() >= intent.validUntil) {
      lane.land();
      const why = "the claim ran out before its turn to be sent came";
      await run.ports.journal.tell(unit.digest, turnedAway(intent.attempt, "not-sent", why, clock.now()));
      return "expired";
    }
    if (clock.monotonic() - asked > freshness(connection)) {
      const other = await settledByOthers({ intent, granted }, connection, run.ports);
      if (other !== undefined || run.begin.signal.aborted) lane.land();
      if (other instanceof JournalError) return turnAway(unit, intent.attempt, "not-sent", other.message, run);
      if (other !== undefined) return { kind: "taken", entry: other };
      if (run.begin.signal.aborted) break;
    }
    const sent = await submit(intent, request, connection);
    if (sent.kind === "turned-away" && sent.error.class === "rate") lane.refuse(sent.error.retryAfter);
    lane.land();
    if (sent.kind === "accepted") {
      lane.accept();
      const at = clock.monotonic();
      if (!run.jobs.take(unit.provider, sent.job)) return inDoubt(unit, intent, another(sent.job, unit), run);
      const attempt = submitted(intent.attempt, sent, run.ports.time.clock.now());
      await note(run, unit, { kind: "submitted", job: sent.job.id });
      await run.ports.journal.tell(unit.digest, attempt);
      await became(run, unit, entryOf(unit, attempt, origin(run), {}));
      return { kind: "submitted", attempt, at };
    }
    if (sent.kind === "unknown") {
      lane.began();
      return inDoubt(unit, intent, sent.error, run);
    }

    const { error } = sent;
    const again = error.class === "rate" ? "rate" : error.outcome === "notSent" ? "not-sent" : undefined;
    const tooLong = (error.retryAfter ?? 0) > longestPause;
    if (tooLong) lane.close(error.message);
    if (again === undefined || tooLong || tries[again] >= patience[again]) {
      if (error.fields.length > 0) await note(run, unit, { kind: "refused-fields", fields: error.fields });
      return turnAway(unit, intent.attempt, error.class, error.message, run);
    }
    tries[again] += 1;
    if (again === "not-sent") lane.pause();
    await note(run, unit, { kind: "waiting", for: "rate" });
  }
  const why = lane.closed ?? "the run was stopped before the request was sent";
  await run.ports.journal.tell(unit.digest, turnedAway(intent.attempt, "not-sent", why, clock.now()));
  return held(unit, run);
}

/**
 * Whoever thinks a claim dead while its run waits to send, by a wrong clock or as a later attempt of the same CI run, may
 * have ended it: then it must not be sent any more. Nor where another has begun the same, such as the run whose claim was
 * thought dead: then the claim is given up. Asked after the wait, so that no more time passes than a list is late.
 */
async function settledByOthers(
  { intent: { digest, attempt }, granted }: Omit<Granted, "asked">,
  connection: Connection,
  { journal, time: { clock } }: Run["ports"],
): Promise<JournalEntry | JournalError | undefined> {
  try {
    for (let look = 1; look <= looks; look += 1) {
      const entry = (await journal.refresh(freshness(connection))).get(digest);
      if (!isStillClaim(entry, attempt.id)) return entry ?? { digest, attempts: [] };
      if (entry?.attempts.some((other) => other.id !== attempt.id && begunSince(other, granted))) {
        const why = "another run has begun the same request";
        await journal.tell(digest, turnedAway(attempt, "not-sent", why, clock.now()));
        return journal.entries().get(digest) ?? entry;
      }
      if (clock.monotonic() - journal.lastLook() <= freshness(connection)) return undefined;
    }
    return new JournalError("the journal took too long to be read again");
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return error;
  }
}

/** When a claim is granted every other attempt has failed. Whatever else one is now it became since. */
function begunSince(other: Attempt, granted: JournalEntry | undefined): boolean {
  if (other.state !== "failed") return true;
  const before = granted?.attempts.find(({ id }) => id === other.id);
  return other.begun && !(before?.state === "failed" && before.begun);
}

const another = ({ id }: Job, { provider }: Unit): ProviderError =>
  new ProviderError(`${provider} answered with job ${id}, which is another request's`, {
    class: "unknown",
    outcome: "unknown",
  });

/** Written down before anything else happens, our own crash included. */
async function inDoubt(unit: Unit, intent: DurableIntent, error: unknown, run: Run): Promise<Begun> {
  const message = error instanceof ProviderError ? error.message : `a bug of ours: ${String(error)}`;
  const attempt = unheard(intent.attempt, { message, asked: false }, run.ports.time.clock.now());
  await run.ports.journal.tell(unit.digest, attempt);
  await note(run, unit, { kind: "trouble", text: `no clear answer to the submit: ${message}` });
  if (!(error instanceof ProviderError)) throw error;
  return { kind: "in-doubt", attempt };
}

/** The key or the credit is wrong for every unit of the provider, so none of the others is tried. */
const closing: ReadonlySet<FailureClass> = new Set(["quota", "auth"]);

async function turnAway(
  unit: Unit,
  claim: ClaimedAttempt | undefined,
  failure: FailureClass,
  message: string,
  run: Run,
): Promise<Begun> {
  const now = run.ports.time.clock.now();
  if (closing.has(failure)) run.lane(unit.provider).close(message);
  if (run.options.failFast) run.begin.abort();
  if (claim !== undefined) {
    const attempt = turnedAway(claim, failure, message, now);
    await run.ports.journal.tell(unit.digest, attempt);
    // Of a cause that passes the lock says nothing: it keeps what it had.
    if (!passing.has(failure)) {
      await became(run, unit, entryOf(unit, attempt, origin(run), {}));
      return notBegun;
    }
  }
  await note(run, unit, { kind: "turned-away", class: failure, text: message });
  return notBegun;
}

async function held(unit: Unit, run: Run): Promise<Begun> {
  const why = run.lane(unit.provider).closed ?? "the run was stopped first";
  await note(run, unit, { kind: "held", text: why });
  return notBegun;
}
