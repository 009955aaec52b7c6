import type { FailureClass, Job } from "./job.ts";
import type { Cost } from "./money.ts";
import type { Output } from "./output.ts";
import type { Traits } from "./provider.ts";
import type { Digest, ProviderName, UnitId } from "./unit.ts";

/** Who made a claim: enough to tell, later and elsewhere, whether that run can still be alive. */
export interface Runner {
  /** Unique for each run of the program. */
  readonly run: string;
  /** A person's machine: its name and boot. A claim of a dead process of this boot is dead. */
  readonly host: string;
  readonly pid: number;
  /** In CI: the run's id, its attempt and its address. A later attempt knows that an earlier one is dead. */
  readonly ci?: { readonly id: string; readonly attempt: number; readonly url: string };
}

interface AttemptBase {
  /** Unique for each claim: the intent's own name. */
  readonly id: string;
  readonly unit: UnitId;
  readonly provider: ProviderName;
  readonly runner: Runner;
  /** A fingerprint of the key and address it was begun with. Absent in emulated runs, which all have the same, and in old attempts. */
  readonly account?: string;
  readonly claimedAt: string;
  /** Reserved against budgets until the attempt ends; absent where the price is unknown. A decimal of dollars. */
  readonly estimate?: string;
}

/** An attempt of which nobody has heard yet what became of the money. */
interface OpenAttemptBase extends AttemptBase {
  /** What its job is known by in the provider's list, whatever its spec says by then. Absent where there is no list, and in old attempts. */
  readonly traits?: Traits;
}
/** Written before the money is spent. */
export interface ClaimedAttempt extends OpenAttemptBase {
  readonly state: "claimed";
}
/** The submit went out and no clear answer came back. */
export interface UnknownAttempt extends OpenAttemptBase {
  readonly state: "unknown";
  readonly submittedAt: string;
  readonly message: string;
  /** True once the provider was asked and could not settle it: from here on a person must. */
  readonly asked?: boolean;
  /** With `asked`: the provider's list may show it yet, so later runs look again. None of them submits it. */
  readonly again?: true;
}
export interface SubmittedAttempt extends AttemptBase {
  readonly state: "submitted";
  readonly job: Job;
  /** Its job was found in the provider's list, and no answer named it: one that asks for the same may be another's. */
  readonly found?: true;
  readonly submittedAt: string;
  /** What the provider billed when it took the request on, where it says so. */
  readonly cost?: Cost;
}
export interface FailedAttempt extends AttemptBase {
  readonly state: "failed";
  readonly class: FailureClass;
  readonly message: string;
  readonly failedAt: string;
  /** When it was sent, where it was. */
  readonly submittedAt?: string;
  /** Whether the provider had taken the request on. Where it had not, nothing can have been billed. */
  readonly begun: boolean;
  /** The request was sent, or may have been, and the provider's list did not have it. */
  readonly absent?: true;
  readonly job?: Job;
  /** As in the submitted attempt. */
  readonly found?: true;
  readonly cost?: Cost;
}
export interface ReadyAttempt extends AttemptBase {
  readonly state: "ready";
  readonly job: Job;
  readonly submittedAt: string;
  readonly completedAt: string;
  readonly cost?: Cost;
  readonly outputs: readonly Output[];
}

/** An attempt of which nobody knows what became of it. */
export type OpenAttempt = ClaimedAttempt | UnknownAttempt;

/** What is paid for, or may be, and that no spec of this checkout asks for: what comes of it is for the journal alone. */
export interface Unasked {
  readonly digest: Digest;
  readonly attempt: SubmittedAttempt | OpenAttempt;
}

export type Attempt = ClaimedAttempt | UnknownAttempt | SubmittedAttempt | FailedAttempt | ReadyAttempt;

/**
 * Everything that was ever tried for one paid request. Two copies of an entry merge into one: the union of their
 * attempts, each in the later of its two states. So no order of pushes loses an attempt that money went into.
 */
export interface JournalEntry {
  readonly digest: Digest;
  /** Oldest first; ties by id. */
  readonly attempts: readonly Attempt[];
}

export type JournalEntries = ReadonlyMap<Digest, JournalEntry>;

/** What somebody wants to spend money on. */
export interface Intent {
  readonly digest: Digest;
  readonly unit: UnitId;
  readonly provider: ProviderName;
  /** As in the attempt. */
  readonly account?: string | undefined;
  readonly estimate: string | undefined;
  /** As in the attempt. */
  readonly traits?: Traits | undefined;
}

declare const durable: unique symbol;

/**
 * The proof that a claim is written where this run's death cannot take it. Made by the journal alone, and the only key
 * to the one function that spends.
 */
export interface DurableIntent extends Intent {
  readonly [durable]: true;
  readonly attempt: ClaimedAttempt;
  /** After this instant others may think the claim dead, so the submit must not begin any more. Milliseconds of the wall clock. */
  readonly validUntil: number;
}

export type Claim =
  | { readonly kind: "claimed"; readonly intent: DurableIntent }
  /** Somebody else was first, or the request has a result already. */
  | { readonly kind: "taken"; readonly entry: JournalEntry }
  /** Together with what others have claimed meanwhile it would cost more than it may. */
  | { readonly kind: "too-dear"; readonly why: string };

/** The write-ahead log, mutex and result cache of all runs. Every promise resolves only when its news is durable. */
export interface Journal {
  /** The entries as last seen. */
  entries(): JournalEntries;
  /** Reads what others wrote meanwhile, unless a reading that began less than `within` milliseconds ago has told it. */
  refresh(within?: number): Promise<JournalEntries>;
  claim(intents: readonly Intent[]): Promise<readonly Claim[]>;
  /** Moves one attempt of one entry forward. Going back is impossible: an earlier state is ignored. */
  tell(digest: Digest, attempt: Attempt): Promise<void>;
  /** When the last reading began that `entries` rests on, by the clock that never goes back. */
  lastLook(): number;
  /** Whether other machines still find an attempt as a claim, whatever it is here: its run, if it lives, may send it. */
  isClaimElsewhere(digest: Digest, attempt: string): boolean;
}

/** The journal cannot be made durable where it must be; nothing may be spent. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** What is kept on this machine cannot be read: a file of Git's is torn, empty or gone. */
export class TornJournal extends JournalError {
  /** The ref that leads there. */
  readonly ref: string;
  constructor(ref: string, why: string, options?: ErrorOptions) {
    super(`the journal on this machine cannot be read: ${why}`, options);
    this.ref = ref;
  }
}

/** Whether an attempt is still the claim that it began as: then its run, if it lives, may send it. */
export const isStillClaim = (entry: JournalEntry | undefined, attempt: string): boolean =>
  entry?.attempts.some(({ id, state }) => id === attempt && state === "claimed") ?? false;

/** Whether nobody has heard yet what became of the money. */
export const unresolved = (attempt: Attempt): attempt is OpenAttempt =>
  attempt.state === "claimed" || attempt.state === "unknown";

/** Whether a run can bring an attempt on by asking its provider; the rest waits for a person. */
export const goesOn = (attempt: Unasked["attempt"]): boolean =>
  attempt.state !== "unknown" || attempt.asked !== true || attempt.again === true;
