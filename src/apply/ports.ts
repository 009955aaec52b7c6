import type { Clock, Random } from "../model/clock.ts";
import type { Event } from "../model/event.ts";
import type { Job, RemoteOutput } from "../model/job.ts";
import type { Attempt, DurableIntent, Journal, OpenAttempt } from "../model/journal.ts";
import type { Json } from "../model/json.ts";
import type { Output } from "../model/output.ts";
import type { Limits, PaidWire, Provider, Wire } from "../model/provider.ts";
import type { Asset, Digest, ProviderName, Request, StepOutput, Unit, UnitId } from "../model/unit.ts";
import type { Experience, Past } from "./experience.ts";
import type { KnownJobs } from "./jobs.ts";
import type { Lane } from "./lane.ts";

/** One provider, reachable. */
export interface Connection {
  readonly provider: Provider;
  readonly limits: Limits;
  /** A fingerprint of whose key and which address this is, for the attempts that are begun with it. Absent where runs are emulated. */
  readonly account?: string | undefined;
  readonly wire: Wire;
  /** Opens the door that spends, for one request. */
  readonly paid: (intent: DurableIntent) => PaidWire;
}

/** The world as a run may touch it. All of it is passed in, so that whole runs can be played from a seed. */
export interface ApplyPorts {
  readonly journal: Journal;
  readonly connect: (name: ProviderName) => Connection;
  readonly files: FilePorts;
  /** Resolves when the lockfiles say it too. */
  readonly tell: (event: Event) => Promise<void>;
  readonly time: { readonly clock: Clock; readonly random: Random };
}

export interface FilePorts {
  /** Makes a local file, or what an earlier step made, reachable for the provider; answers what to put in the request. */
  readonly reach: (file: Asset | StepOutput, connection: Connection) => Promise<Json>;
  /** Fetches, verifies and publishes one finished file. Names are content-addressed: doing it again is the same. */
  readonly keep: (unit: UnitId, job: Job, output: RemoteOutput, connection: Connection) => Promise<Kept>;
  /** Whether the store still has the file. */
  readonly has: (output: Output) => Promise<boolean>;
}

/** A finished file that is kept for good. */
export interface Kept extends Output {
  /** Under way still: nothing depends on a picture, so nothing waits for one. */
  readonly picture?: Promise<Picture>;
}

/** A still picture of a video, or why there is none where there was to be one. */
export interface Picture {
  readonly poster?: Output;
  readonly withoutPoster?: string;
}

export interface ApplyOptions {
  readonly emulated: boolean;
  /** Milliseconds to wait for jobs; undefined waits as long as they take. */
  readonly wait: number | undefined;
  /** False for `resume`, which may finish what is paid for and never begins anything. */
  readonly submits: boolean;
  readonly failFast: boolean;
  /** Whether the run that made a claim can still be at work on it. */
  readonly alive: (attempt: Attempt) => boolean;
  /** Aborted when somebody wants the run to end: nothing new is begun, what is known is written down. */
  readonly stop: AbortSignal;
  /** How long jobs took before, as far as anybody knows: the latest last, since what came long before tells less. */
  readonly past: readonly Past[];
  readonly concurrency: (name: ProviderName) => number | undefined;
  readonly submitsPerMinute: (name: ProviderName) => number | undefined;
}

/** One run of `apply`: the world, what was asked for, and the signals that end its patience. */
export interface Run {
  readonly ports: ApplyPorts;
  readonly options: ApplyOptions;
  /** Aborted when `--wait` is over, or the run is stopped. */
  readonly patience: AbortSignal;
  /** Aborted when nothing new may begin: the run is stopped, `--fail-fast` met a failure, or we met a bug of ours. */
  readonly begin: AbortController;
  /** Aborted with the first of `patience` and `begin`: nobody waits for a slot any more. */
  readonly entering: AbortSignal;
  readonly lane: (name: ProviderName) => Lane;
  readonly experience: Experience;
  /** Files of finished jobs are fetched a few at a time: their slots are free already, so nothing else holds them back. */
  readonly fetching: <T>(work: () => Promise<T>) => Promise<T>;
  /** Every attempt of this run whose fate is open, by its id: none of them may take a job that could be another's. */
  readonly doubts: Map<string, Doubt>;
  /** The jobs that some request has already. */
  readonly jobs: KnownJobs;
  readonly lockedJobs: readonly LockedJob[];
}

/** A job as a lock names it. */
export interface LockedJob {
  readonly unit: UnitId;
  readonly digest: Digest;
  readonly provider: ProviderName;
  readonly job: Job;
}

/** A submit of which nobody has heard what became of it. */
export interface Doubt {
  readonly id: UnitId;
  readonly digest: Digest;
  readonly attempt: OpenAttempt;
  /** Absent where no spec here asks for it: then only the attempt tells what it asked for. */
  readonly request?: Request;
}

export const doubtOf = ({ id, digest, request }: Unit, attempt: OpenAttempt): Doubt => ({
  id,
  digest,
  attempt,
  request,
});
