import type { Attempt, JournalEntries, JournalEntry } from "../model/journal.ts";
import { lockRunner } from "../model/locked-attempt.ts";
import { withNews } from "../model/overlay.ts";
import type { Digest } from "../model/unit.ts";
import { canonicalText } from "./text.ts";

/**
 * How far an attempt has come. A job id outranks every verdict that knew of none: whoever settled the attempt as never
 * sent, or gave it up, was wrong when its own run says that the provider took it on. Believing him would pay a second
 * time, or lose what was paid for.
 */
function progress(attempt: Attempt): number {
  switch (attempt.state) {
    case "claimed":
      return 0;
    case "unknown":
      // What was made up from a lock knows less than any word of the run itself.
      if (attempt.runner.run === lockRunner.run) return -1;
      if (attempt.asked !== true) return 1;
      return attempt.again === true ? 2 : 3;
    case "failed":
      if (attempt.job !== undefined) return attempt.found === true ? 7 : 9;
      return attempt.begun ? 5 : 4;
    case "submitted":
      // Its own run, which was answered, knows better than who has looked in the list.
      return attempt.found === true ? 6 : 8;
    case "ready":
      return 10;
  }
}

/** A total order of all versions of one attempt; of two in the same state the longer text says more. */
function compare(a: Attempt, b: Attempt): number {
  const further = progress(a) - progress(b);
  if (further !== 0) return further;
  const [one, other] = [canonicalText(a), canonicalText(b)];
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * One entry out of two copies: every attempt of either, in the later of its states. The order and number of merges does
 * not matter. Answers the first copy itself when the second has no news.
 */
export function mergeEntries(first: JournalEntry, second: JournalEntry): JournalEntry {
  if (first === second) return first;
  const attempts = new Map(first.attempts.map((attempt) => [attempt.id, attempt]));
  let news = false;
  for (const attempt of second.attempts) {
    const known = attempts.get(attempt.id);
    if (known !== undefined && compare(known, attempt) >= 0) continue;
    attempts.set(attempt.id, attempt);
    news = true;
  }
  return news ? { digest: first.digest, attempts: [...attempts.values()].sort(byAge) } : first;
}

const byAge = (a: Attempt, b: Attempt): number =>
  a.claimedAt < b.claimedAt || (a.claimedAt === b.claimedAt && a.id < b.id) ? -1 : 1;

/** What `known` becomes by hearing of `news`: only the entries that change. */
export function changes(known: JournalEntries, news: Iterable<JournalEntry>): readonly JournalEntry[] {
  const changed = new Map<Digest, JournalEntry>();
  for (const entry of news) {
    const before = changed.get(entry.digest) ?? known.get(entry.digest);
    const after = mergeEntries(before ?? { digest: entry.digest, attempts: [] }, entry);
    if (after !== before && after.attempts.length > 0) changed.set(entry.digest, after);
  }
  return [...changed.values()];
}

export const withChanges = (known: JournalEntries, changed: readonly JournalEntry[]): JournalEntries =>
  changed.length === 0
    ? known
    : withNews(
        known,
        changed.map((entry) => [entry.digest, entry] as const),
      );
