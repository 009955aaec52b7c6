import { instant, type Random } from "../../../src/model/clock.ts";
import type { Job } from "../../../src/model/job.ts";
import type { Attempt, ClaimedAttempt, JournalEntries, JournalEntry } from "../../../src/model/journal.ts";
import type { Digest, Unit } from "../../../src/model/unit.ts";
import { output } from "../builders.ts";
import { runnerNamed } from "../journal/attempts.ts";

const day = 24 * 60 * 60_000;

/** One attempt of long ago, in every state that it went through, and the job that the provider has for it. */
export interface Past {
  readonly states: readonly [ClaimedAttempt, ...Attempt[]];
  readonly job:
    | { readonly job: Job; readonly unit: Unit; readonly createdAt: number; readonly fails: boolean }
    | undefined;
}

/** What was tried for some of the requests, by runs that are long dead: oldest first, and only the last may be open. */
export function pastOf(units: readonly Unit[], estimate: string | undefined, now: number, random: Random) {
  const past = new Map<Digest, readonly Past[]>();
  for (const unit of units) {
    if (past.has(unit.digest) || random() < 0.4) continue;
    const many = 1 + Math.floor(random() * 4);
    let at = now - (20 + random() * 200) * day;
    past.set(
      unit.digest,
      Array.from({ length: many }, (_, nth) => {
        const name = `old ${unit.id} ${nth + 1}`;
        const claim: ClaimedAttempt = {
          id: name,
          state: "claimed",
          unit: unit.id,
          provider: unit.provider,
          runner: runnerNamed(name, { host: "a machine of old", pid: -1 }),
          claimedAt: instant(at),
          ...(estimate === undefined ? {} : { estimate }),
        };
        const made = nth + 1 < many ? cameToNothing(claim, at, random) : ended(unit, claim, at, random);
        at += random() * (now - at - 10 * day);
        return made;
      }),
    );
  }
  return past;
}

function cameToNothing(claim: ClaimedAttempt, at: number, random: Random): Past {
  const end = { ...claim, state: "failed", failedAt: instant(at + 60_000), begun: false } as const;
  const ends = [
    { ...end, class: "quota", message: "no credit" },
    { ...end, class: "not-sent", message: "the claim was given up" },
    { ...end, class: "invalid", message: "there is no such voice" },
    { ...end, class: "not-sent", message: "not in the list", absent: true },
  ] as const;
  const [first] = ends;
  return { states: [claim, ends[Math.floor(random() * ends.length)] ?? first], job: undefined };
}

function ended(unit: Unit, claim: ClaimedAttempt, at: number, random: Random): Past {
  const draw = random();
  if (draw < 0.3) return cameToNothing(claim, at, random);
  const job: Job = { id: `job of ${claim.id}`, video: `video of ${claim.id}` };
  const lost = { ...claim, state: "unknown", submittedAt: instant(at + 1_000), message: "socket hang up" } as const;
  const known = { ...claim, state: "submitted", submittedAt: instant(at + 1_000), job } as const;
  const arrived = (fails: boolean): Past["job"] => ({ job, unit, createdAt: at + 1_000, fails });
  const taken = random() < 0.5 ? arrived(random() < 0.3) : undefined;
  if (draw < 0.4) return { states: [claim], job: taken };
  if (draw < 0.5) return { states: [claim, lost], job: taken };
  if (draw < 0.6) return { states: [claim, lost, { ...lost, asked: true }], job: taken };
  if (draw < 0.7) return { states: [claim, known], job: arrived(random() < 0.3) };
  if (draw < 0.85) {
    const failedAt = instant(at + 60_000);
    const why = { class: "provider", message: "the render crashed" } as const;
    return {
      states: [claim, known, { ...claim, ...why, state: "failed", failedAt, begun: true, job }],
      job: arrived(true),
    };
  }
  const ready = { ...known, state: "ready", completedAt: instant(at + 60_000), outputs: [output] } as const;
  return { states: [claim, known, ready], job: arrived(false) };
}

/** How far each request had come at some time: so many attempts, the last of them in one of its states. */
export type Progress = ReadonlyMap<Digest, { readonly many: number; readonly state: number }>;

/** Some time before, or at, the end of what happened. */
export function someTime(past: ReadonlyMap<Digest, readonly Past[]>, random: Random): Progress {
  const times = [...past].map(([digest, attempts]) => {
    const many = Math.ceil(random() * attempts.length);
    const states = attempts[many - 1]?.states.length ?? 1;
    return [digest, { many, state: Math.floor(random() * states) }] as const;
  });
  return new Map(times);
}

export const end = (past: ReadonlyMap<Digest, readonly Past[]>): Progress =>
  new Map(
    [...past].map(([digest, all]) => [digest, { many: all.length, state: (all.at(-1)?.states.length ?? 1) - 1 }]),
  );

/** What the last attempt that a disk knows of came to: its own run wrote that down there alone. */
export const toldThere = (past: ReadonlyMap<Digest, readonly Past[]>, parted: Progress, random: Random): Progress =>
  new Map(
    [...parted].map(([digest, { many, state }]) => {
      const last = (past.get(digest)?.[many - 1]?.states.length ?? 1) - 1;
      return [digest, { many, state: random() < 0.3 ? last : state }];
    }),
  );

/** A journal at that time. */
export function heardOf(past: ReadonlyMap<Digest, readonly Past[]>, progress: Progress): JournalEntries {
  const heard = new Map<Digest, JournalEntry>();
  for (const [digest, { many, state }] of progress) {
    const attempts = (past.get(digest) ?? []).slice(0, many).map(({ states }, at): Attempt => {
      const [claim] = states;
      return states[at + 1 < many ? states.length - 1 : state] ?? claim;
    });
    heard.set(digest, { digest, attempts });
  }
  return heard;
}
