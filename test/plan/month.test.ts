import { expect, test } from "vitest";
import type { Attempt } from "../../src/model/journal.ts";
import { usd, zero } from "../../src/model/money.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { spentInMonth } from "../../src/plan/month.ts";
import { claimed, finished, journalled, unit } from "../support/builders.ts";

const film = unit("film");
const at = Date.parse(claimed(film).claimedAt);
const spentBy = (attempt: Attempt, now = at): number =>
  spentInMonth({ locks: new Map(), journal: journalled([film, attempt]) }, false, now);

test("an open claim is charged what it may cost, a finished job what it did", () => {
  expect(spentBy({ ...claimed(film), estimate: "4.00" })).toBe(usd(4));
  const cost = { amount: "3.50", currency: "USD", source: "provider" } as const;
  expect(spentBy({ ...finished(film), estimate: "4.00", cost })).toBe(usd("3.50"));
});

test("what was paid in another currency is charged at the price it was claimed at", () => {
  const cost = { amount: "1.25", currency: "XNO", source: "provider" } as const;
  expect(spentBy({ ...finished(film), estimate: "4.00", cost })).toBe(usd(4));
});

test("a job that was claimed in one month and ended in the next is charged to the first, also by its lock", () => {
  const attempt = {
    ...finished(film),
    estimate: "4.00",
    cost: { amount: "3.50", currency: "USD", source: "provider" },
  } as const;
  const next = at + 40 * 24 * 60 * 60_000;
  const { job, outputs, cost, submittedAt } = attempt;
  const entry = {
    state: "ready",
    origin: "generated",
    digest: film.digest,
    take: 1,
    fields: {},
    provider: film.provider,
  } as const;
  const ready = { ...entry, metadata: {}, job, outputs, cost, submittedAt, completedAt: new Date(next).toISOString() };
  const locks = new Map([
    ["videos/film.lock.json" as RepoPath, { source: undefined, units: new Map([[film.id, ready]]) }],
  ]);
  expect(spentInMonth({ locks, journal: journalled([film, attempt]) }, false, at)).toBe(usd("3.50"));
  expect(spentInMonth({ locks, journal: journalled([film, attempt]) }, false, next)).toBe(zero);
  expect(spentInMonth({ locks, journal: new Map() }, false, next)).toBe(usd("3.50"));
});

test("another month's jobs, and what was never begun, are charged to nobody", () => {
  const paid = { ...finished(film), estimate: "4.00" };
  expect(spentBy(paid, at + 40 * 24 * 60 * 60_000)).toBe(zero);
  const refused = { class: "quota", message: "no credit", failedAt: paid.claimedAt, begun: false } as const;
  expect(spentBy({ ...claimed(film), estimate: "4.00", ...refused, state: "failed" })).toBe(zero);
});
