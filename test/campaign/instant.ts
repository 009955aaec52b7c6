import type { Random } from "../../src/model/clock.ts";

/** When a run is switched off. Each is one that a real machine or network can choose. */
export type Instant =
  /** At the n-th request to the API: before it is carried out, after that but before its answer, or right after its answer. */
  | { readonly at: "request"; readonly nth: number; readonly side: "before" | "processed" | "answered" }
  /** When the n-th download begins. */
  | { readonly at: "download"; readonly nth: number }
  /**
   * At the n-th push: all of it ends and the ref stays as it was, all of it ends when the ref has moved, or the program
   * alone ends and its push goes on.
   */
  | { readonly at: "push"; readonly nth: number; readonly side: "before" | "after" | "orphaned" }
  /** When this part of the time has passed that a whole run takes. */
  | { readonly at: "time"; readonly part: number };

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

export const atRequests = (last: number): readonly Instant[] =>
  upTo(last).flatMap((nth) =>
    (["before", "processed", "answered"] as const).map((side): Instant => ({ at: "request", nth, side })),
  );

export const atDownloads = (last: number): readonly Instant[] =>
  upTo(last).map((nth): Instant => ({ at: "download", nth }));

export const atPushes = (last: number): readonly Instant[] =>
  upTo(last).flatMap((nth) =>
    (["before", "after", "orphaned"] as const).map((side): Instant => ({ at: "push", nth, side })),
  );

/** Spread over nearly a whole run, each somewhere in its own part of it. What comes last is over too soon to be met. */
export const atTimes = (many: number, random: Random): readonly Instant[] =>
  upTo(many).map((nth): Instant => ({ at: "time", part: Number(((0.85 * (nth - 1 + random())) / many).toFixed(3)) }));

export function named(instant: Instant): string {
  switch (instant.at) {
    case "request":
    case "push":
      return `${instant.at} ${instant.nth}, ${instant.side}`;
    case "download":
      return `download ${instant.nth}`;
    case "time":
      return `${instant.part} of a run`;
  }
}
