import type { Clock, Random } from "../model/clock.ts";
import type { Limits } from "../model/provider.ts";
import type { Unit } from "../model/unit.ts";
import { inspections } from "./inspection.ts";

type Kind = Pick<Unit, "provider" | "fields">;

/** How long a job took, of what kind. */
export interface Past extends Kind {
  readonly milliseconds: number;
}

/** The fields that tell how long a job takes; of the others, this is not known. */
const telling = ["operation", "model", "modelID", "timing", "duration", "seconds", "resolution", "options"];

const kindOf = ({ provider, fields }: Kind): string =>
  [provider, ...telling.map((field) => fields[field] ?? "")].join(" ");

/** Fewer tell nothing. */
const fewest = 3;
/** What came long before tells less of today. */
const recent = 200;

/** A job of this run, as experience sees it. */
export interface Watched {
  /** It was asked for, and still runs. */
  runs(): void;
  /** It was found ended: at some time since it was last asked for. */
  ended(): void;
  /** Nobody watches any more, however it ended. */
  leave(): void;
}

interface Learned {
  readonly of: number;
  readonly times: readonly number[];
}

/**
 * How long jobs took so far, by what they ask for: what locks tell, and what this very run sees. Of a batch that was begun
 * at once the shortest jobs end first, so those that still run are counted too, as jobs that take longer than this.
 */
export class Experience {
  readonly #clock: Clock;
  readonly #took = new Map<string, number[]>();
  /** When the jobs began that still run. */
  readonly #running = new Map<string, Set<{ readonly since: number }>>();
  readonly #learned = new Map<string, Learned>();

  constructor(past: readonly Past[], clock: Clock) {
    this.#clock = clock;
    for (const one of past) this.#add(one, one.milliseconds);
  }

  watch(kind: Kind, since: number): Watched {
    const job = { since };
    const running = names(kind).map((name) => {
      const jobs = this.#running.get(name) ?? new Set();
      this.#running.set(name, jobs.add(job));
      return jobs;
    });
    const leave = (): void => {
      for (const jobs of running) jobs.delete(job);
    };
    let lastAsked = since;
    return {
      runs: () => {
        lastAsked = this.#clock.monotonic();
      },
      ended: () => {
        if (running[0]?.has(job) !== true) return;
        leave();
        this.#add(kind, (lastAsked + this.#clock.monotonic()) / 2 - since);
      },
      leave,
    };
  }

  #add(kind: Kind, milliseconds: number): void {
    // A kind that was never seen before is judged by all that its provider does.
    for (const name of names(kind)) {
      const took = this.#took.get(name) ?? [];
      took.push(milliseconds);
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
    const name = (this.#took.get(own)?.length ?? 0) >= fewest ? own : all;
    const took = this.#took.get(name) ?? [];
    if (took.length < fewest) return [];
    const learned = `${name} ${lag}`;
    const known = this.#learned.get(learned);
    if (known !== undefined && took.length < known.of * 1.5) return known.times;
    const ended = usual(took.slice(-recent));
    const now = this.#clock.monotonic();
    const ages = [...(this.#running.get(name) ?? [])].map(({ since }) => now - since).filter((age) => age > 0);
    // Both in the same proportion.
    const running = every(ages, Math.ceil(took.length / ended.length));
    const mean = ended.reduce((sum, one) => sum + one, 0) / ended.length;
    const times = inspections(ended, { lag: mean * lag, least, most: Math.max(least, most) }, running);
    this.#learned.set(learned, { of: took.length, times });
    return times;
  }
}

const names = (kind: Kind): readonly [string, string] => [kindOf(kind), kind.provider];

const every = <T>(items: readonly T[], step: number): readonly T[] => items.filter((_, index) => index % step === 0);

/** Without jobs that were done long before somebody collected them: nobody knows when they ended. */
function usual(took: readonly number[]): readonly number[] {
  const median = [...took].sort((a, b) => a - b)[Math.floor((took.length - 1) / 2)] ?? 0;
  return took.filter((one) => one <= 5 * median);
}

/**
 * How late an end may be noticed on average, as a part of what such a job takes: the less the fewer run, and least where
 * somebody waits for its slot.
 */
export function wantedLag(running: number, isSought: boolean): number {
  if (isSought || running < 100) return 0.01;
  return running < 1_000 ? 0.03 : 0.1;
}

/** So many jobs that run at once are asked for no more often, together, while nothing is known: one tells of the others. */
const crowd = 400;

/**
 * How long to wait before asking again, `elapsed` milliseconds after the submit: by experience where there is some, and
 * otherwise ever longer, within the provider's advice. With a jitter, so that jobs of one batch are not asked for at once.
 */
export function pause(
  times: readonly number[],
  { first, least, most }: Limits["poll"],
  { elapsed, polls, others }: { readonly elapsed: number; readonly polls: number; readonly others: number },
  random: Random,
): number {
  if (times.length === 0) {
    const growing = Math.min(most, first * Math.max(1, others / crowd) * 1.5 ** Math.min(polls, 30));
    return Math.max(least, growing * (0.75 + random() / 2));
  }
  const next = times.find((at) => at >= elapsed + least);
  const wait = next === undefined ? Math.min(most, Math.max(least, elapsed * 0.15)) : next - elapsed;
  return Math.max(least, wait * (0.95 + random() / 10));
}
