import type { Clock } from "../../../src/model/clock.ts";
import type { DurableIntent } from "../../../src/model/journal.ts";
import type { Provider } from "../../../src/model/provider.ts";
import type { Digest, UnitId } from "../../../src/model/unit.ts";

export interface TestClock extends Clock {
  readonly slept: readonly number[];
}

/** Sleeping takes no time and moves the clock. */
export function testClock(start = Date.parse("2026-11-20T10:00:00Z")): TestClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    monotonic: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

export const half = () => 0.5;

export const key = "golpo-test-key-0123456789abcdef";

/** Nothing of Golpo's own: what the wire does must not depend on a provider. */
export const provider: Provider = {
  name: "golpo",
  secret: "GOLPO_API_KEY",
  baseUrlVariable: "GOLPO_BASE_URL",
  baseUrl: "https://api.example.com",
  apiPath: "/api/v1",
  limits: {
    slots: 1,
    submitsPerMinute: 60,
    poll: { first: 1, least: 1, most: 1 },
    visibleAfter: 1,
    submitDeadline: 60_000,
  },
  headers: (secret) => ({ "x-api-key": secret }),
  estimate: () => ({ kind: "unknown", because: "nobody asks" }),
  submit: () => Promise.reject(new Error("unused")),
  poll: () => Promise.reject(new Error("unused")),
};

export function intent(validUntil: number): DurableIntent {
  const digest: Digest = "sha256:00";
  const unit = "intro" as UnitId;
  const claim = { digest, unit, provider: "golpo", estimate: undefined } as const;
  const attempt = {
    id: "attempt-1",
    state: "claimed",
    unit,
    provider: "golpo",
    runner: { run: "r", host: "h", pid: 1 },
    claimedAt: "2026-11-20T10:00:00Z",
  } as const;
  return { ...claim, attempt, validUntil } as DurableIntent;
}
