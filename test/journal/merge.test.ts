import fc from "fast-check";
import { expect, test } from "vitest";
import { changes, mergeEntries } from "../../src/journal/merge.ts";
import type { Attempt, JournalEntry } from "../../src/model/journal.ts";
import { lockRunner } from "../../src/model/locked-attempt.ts";
import { digestNamed, runnerNamed } from "../support/journal/attempts.ts";

const digest = digestNamed("intro");
const base = { unit: "intro", provider: "golpo", runner: runnerNamed("a"), claimedAt: "2026-11-20T10:00:00Z" };
const submittedAt = "2026-11-20T10:00:01Z";

const attempts = fc
  .record({
    id: fc.constantFrom("a-1", "a-2", "b-1"),
    claimedAt: fc.constantFrom("2026-11-20T10:00:00Z", "2026-11-20T10:00:05Z"),
    runner: fc.constantFrom(base.runner, lockRunner),
    rest: fc.oneof(
      fc.constant({ state: "claimed" }),
      fc.record({
        state: fc.constant("unknown"),
        submittedAt: fc.constant(submittedAt),
        message: fc.string(),
        asked: fc.boolean(),
        again: fc.constantFrom(true, undefined),
      }),
      fc.record({
        state: fc.constant("submitted"),
        submittedAt: fc.constant(submittedAt),
        job: fc.record({ id: fc.string() }),
        found: fc.constantFrom(true, undefined),
      }),
      fc.record({
        state: fc.constant("failed"),
        class: fc.constant("provider"),
        message: fc.string(),
        failedAt: fc.constant(submittedAt),
        begun: fc.boolean(),
      }),
      fc.record({
        state: fc.constant("ready"),
        submittedAt: fc.constant(submittedAt),
        completedAt: fc.constant(submittedAt),
        job: fc.record({ id: fc.string() }),
        outputs: fc.constant([]),
      }),
    ),
  })
  .map(({ rest, ...own }) => ({ ...base, ...own, ...rest }) as Attempt);

const entries = fc
  .uniqueArray(attempts, { selector: ({ id }) => id })
  .map((list): JournalEntry => mergeEntries({ digest, attempts: [] }, { digest, attempts: list }));

test("the order of merges does not matter", () => {
  fc.assert(
    fc.property(entries, entries, (a, b) => {
      expect(mergeEntries(a, b)).toEqual(mergeEntries(b, a));
    }),
  );
  fc.assert(
    fc.property(entries, entries, entries, (a, b, c) => {
      expect(mergeEntries(mergeEntries(a, b), c)).toEqual(mergeEntries(a, mergeEntries(b, c)));
    }),
  );
});

test("merging again changes nothing, and says so by answering the very same entry", () => {
  fc.assert(
    fc.property(entries, entries, (a, b) => {
      const merged = mergeEntries(a, b);
      expect(mergeEntries(merged, a)).toBe(merged);
      expect(mergeEntries(merged, b)).toBe(merged);
    }),
  );
});

test("no attempt is ever lost", () => {
  fc.assert(
    fc.property(entries, entries, (a, b) => {
      const ids = new Set([...a.attempts, ...b.attempts].map(({ id }) => id));
      expect(new Set(mergeEntries(a, b).attempts.map(({ id }) => id))).toEqual(ids);
    }),
  );
});

const one = (changed: object): JournalEntry => ({ digest, attempts: [{ ...base, id: "a-1", ...changed } as Attempt] });
const claimed = one({ state: "claimed" });
const unknown = one({ state: "unknown", submittedAt, message: "the connection was reset" });
const asked = one({ state: "unknown", submittedAt, message: "2 jobs fit", asked: true });
const byLock = one({ state: "unknown", submittedAt, message: "2 jobs fit", asked: true, runner: lockRunner });
const again = one({ state: "unknown", submittedAt, message: "not in the list so far", asked: true, again: true });
const turnedAway = one({ state: "failed", class: "not-sent", message: "", failedAt: submittedAt, begun: false });
const submitted = one({ state: "submitted", submittedAt, job: { id: "j" } });
const found = one({ state: "submitted", submittedAt, job: { id: "another's" }, found: true });
const verdict = { state: "failed", class: "provider", message: "", failedAt: submittedAt, begun: true };
const [givenUp, failed] = [one(verdict), one({ ...verdict, job: { id: "j" } })];
const foundFailed = one({ ...verdict, job: { id: "another's" }, found: true });
const ready = one({ state: "ready", submittedAt, completedAt: submittedAt, job: { id: "j" }, outputs: [] });

test.each([
  ["unknown by the word of a lock", "claimed", byLock, claimed],
  ["unknown by the word of a lock", "unknown", byLock, unknown],
  ["unknown by the word of a lock", "submitted", byLock, submitted],
  ["claimed", "unknown", claimed, unknown],
  ["unknown", "unknown with the provider asked", unknown, asked],
  ["unknown", "looked for again", unknown, again],
  ["looked for again", "unknown with the provider asked", again, asked],
  ["unknown", "never begun", asked, turnedAway],
  ["the verdict that nothing was begun", "the job id that proves it wrong", turnedAway, submitted],
  ["never begun", "given up by a person", turnedAway, givenUp],
  ["given up by a person", "the job id that a run was told", givenUp, submitted],
  ["given up by a person", "found in the list", givenUp, found],
  ["found in the list", "the failure of what was found", found, foundFailed],
  ["the failure of what was found", "the job id that a run was told", foundFailed, submitted],
  ["submitted", "failed", submitted, failed],
  ["failed", "ready", failed, ready],
])("%s gives way to %s, whichever is heard first", (_earlier, _later, earlier, later) => {
  expect(mergeEntries(earlier, later)).toEqual(later);
  expect(mergeEntries(later, earlier)).toBe(later);
});

test("only what changes is named, however often it is told", () => {
  const known = new Map([[digest, submitted]]);
  expect(changes(known, [claimed, submitted])).toEqual([]);
  expect(changes(known, [ready, submitted, ready])).toEqual([ready]);
});
