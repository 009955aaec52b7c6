import type { Clock } from "../model/clock.ts";
import type { Limits } from "../model/provider.ts";
import type { Unit } from "../model/unit.ts";
import { exactly, inspections, type Seen } from "./inspection.ts";

/** What a job is judged by: jobs of one kind take about as long. */
export type Kind = Pick<Unit, "provider" | "fields">;

/** How long a job took, of what kind. */
export interface Past extends Kind {
  readonly milliseconds: number;
}

/** The fields that tell how long a job takes; of the others, this is not known. */
const telling = ["operation", "model", "modelID", "timing", "duration", "seconds", "resolution", "options"];

const kindOf = ({ provider, fields }: Kind): string =>
  [provider, ...telling.map((field) => fields[field] ?? "")].join(" ");

/** Fewer tell nothing; and of a crowd that was begun at once, the first to end tell nothing while they are fewer than so many. */
const fewest = 3;
const fewestOfCrowd = { part: 1 / 300, most: 30 } as const;
/** What came long before tells less of today. */
const recent = 200;
/** So many of what is known are looked at. */
const enough = 400;

/** A job of this run, as experience sees it. */
export interface Watched {
  readonly kind: Kind;
  readonly since: number;
  lastAsked: number;
}

interface Learned {
  readonly of: number;
  readonly times: readonly number[];
}

/**
 * How long jobs took so far, by what they ask for: what locks tell, and what this very run sees. Of a batch that was begun
 * at once the shortest jobs end first, so those that were seen to run are counted too, as jobs that take longer than this.
 */
export class Experience {
  readonly #clock: Clock;
  readonly #took = new Map<string, Seen[]>();
  /** How many of these were known when the run began. */
  readonly #before = new Map<string, number>();
  /** The jobs of this run that still run. */
  readonly #running = new Map<string, Set<Watched>>();
  readonly #learned = new Map<string, Learned>();

  constructor(past: readonly Past[], clock: Clock) {
    this.#clock = clock;
    for (const one of past) this.#add(one, exactly(one.milliseconds));
    for (const [name, took] of this.#took) {
      this.#took.set(name, took.slice(-recent));
      this.#before.set(name, took.length);
    }
  }

  watch(kind: Kind, since: number): Watched {
    const job = { kind, since, lastAsked: since };
    for (const name of names(kind)) {
      const jobs = this.#running.get(name) ?? new Set();
      this.#running.set(name, jobs.add(job));
    }
    return job;
  }

  /** It was asked for, and still runs. */
  runs(job: Watched): void {
    job.lastAsked = this.#clock.monotonic();
  }

  /** It was found ended: at some time since it was last asked for. */
  ended(job: Watched): void {
    if (this.leave(job)) this.#add(job.kind, { after: ran(job), by: this.#clock.monotonic() - job.since });
  }

  /** Nobody watches it any more, however it ended. False when nobody did. */
  leave(job: Watched): boolean {
    return names(job.kind).reduce((known, name) => this.#running.get(name)?.delete(job) === true || known, false);
  }

  #add(kind: Kind, seen: Seen): void {
    // A kind that was never seen before is judged by all that its provider does.
    for (const name of names(kind)) {
      const took = this.#took.get(name) ?? [];
      took.push(seen);
      this.#took.set(name, took);
    }
  }

  /** How many such jobs run. */
  running(kind: Kind): number {
    return this.#running.get(kindOf(kind))?.size ?? 0;
  }

  /** When to ask for such a job, in milliseconds after its submit; nothing where too few were seen. */
  times(kind: Kind, { least, most }: Limits["poll"], lag: number): readonly number[] {
    const [own, all] = names(kind);
    const name = this.#tells(own) ? own : all;
    if (!this.#tells(name)) return [];
    const took = this.#took.get(name) ?? [];
    const learned = `${name} ${lag}`;
    const known = this.#learned.get(learned);
    if (known !== undefined && took.length < known.of * 1.5) return known.times;
    // Not the last of them: of a batch that was begun at once these have all taken as long.
    const ended = some(usual(took));
    const running = some(
      [...(this.#running.get(name) ?? [])].flatMap((job) => (ran(job) > 0 ? [still(ran(job))] : [])),
    );
    const manners = { lag: (length: number) => length * lag, least, most: Math.max(least, most) };
    const times = inspections([...ended, ...running], manners);
    this.#learned.set(learned, { of: took.length, times });
    return times;
  }

  #tells(name: string): boolean {
    if ((this.#before.get(name) ?? 0) >= fewest) return true;
    const ofCrowd = Math.min(fewestOfCrowd.most, (this.#running.get(name)?.size ?? 0) * fewestOfCrowd.part);
    return (this.#took.get(name)?.length ?? 0) >= Math.max(fewest, ofCrowd);
  }
}

const names = (kind: Kind): readonly [string, string] => [kindOf(kind), kind.provider];

/** How long it ran when it was last seen to run. */
const ran = ({ lastAsked, since }: Watched): number => lastAsked - since;

const still = (after: number): Seen => ({ after, by: Number.POSITIVE_INFINITY });

/** Enough of them, evenly, each for as many as it takes. */
function some(seen: readonly Seen[]): readonly Seen[] {
  const step = Math.ceil(seen.length / enough);
  return step <= 1 ? seen : seen.filter((_, index) => index % step === 0).map((one) => ({ ...one, each: step }));
}

/** Without jobs that were done long before somebody collected them: nobody knows when they ended. */
function usual(took: readonly Seen[]): readonly Seen[] {
  const median = took.map(({ by }) => by).sort((a, b) => a - b)[Math.floor((took.length - 1) / 2)] ?? 0;
  return took.filter(({ by }) => by <= 5 * median);
}
