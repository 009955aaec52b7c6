import { expect, test } from "vitest";
import { withChanges } from "../../src/journal/merge.ts";
import { instant } from "../../src/model/clock.ts";
import type { Attempt, ClaimedAttempt, FailedAttempt } from "../../src/model/journal.ts";
import { unit } from "../support/builders.ts";
import { runnerNamed } from "../support/journal/attempts.ts";
import { noFaults } from "../support/simulation/faults.ts";
import { SimulatedWorld } from "../support/simulation/world.ts";

const film = unit("film");
const clip = unit("clip");

/** A world whose provider answers every submit with 429 until it is calmed, so that a claim waits long to be sent. */
function busy() {
  const faults = { ...noFaults, rateLimit: 1 };
  const world = new SimulatedWorld({ seed: 1, units: [film], faults, pushed: true });
  const { server, scheduler } = world;
  if (server === undefined) throw new Error("no server");
  return {
    ...{ world, server, scheduler, faults },
    calm(): void {
      faults.rateLimit = 0;
    },
    /** What others push: how an attempt of the film stands now. */
    push(attempt: Attempt): void {
      const parents = server.head === undefined ? [] : [server.head];
      const entries = withChanges(server.entries(), [{ digest: film.digest, attempts: [attempt] }]);
      server.move(server.commits.add({ parents, entries }));
    },
  };
}

const claimed = (now: number): ClaimedAttempt => ({
  ...{ id: "other-1", state: "claimed", unit: film.id, provider: film.provider, runner: runnerNamed("other") },
  claimedAt: instant(now),
});

const crashed = (now: number): FailedAttempt => ({
  ...claimed(now),
  ...{ state: "failed", class: "provider", message: "the render crashed", begun: true, job: { id: "job-0" } },
  ...{ submittedAt: instant(now), failedAt: instant(now) },
});

test("a claim that waits is not sent where another's job of the same request has failed meanwhile", async () => {
  const { world, server, scheduler, calm, push } = busy();
  const one = world.machine("one");
  const others = scheduler.after(1_000).then(() => {
    expect(server.entries().get(film.digest)?.attempts).toMatchObject([{ state: "claimed" }]);
    push(crashed(scheduler.now));
    calm();
  });
  await world.together([{ machine: one }]);
  await scheduler.until(others);
  expect(world.provider.jobs).toHaveLength(0);
  expect(world.entryOf(one, film)).toMatchObject({ state: "failed", message: "the render crashed" });
});

test("nor where another has claimed the same on a disk that the remote had not heard of", async () => {
  const { world, scheduler, calm, push } = busy();
  const one = world.machine("one");
  const others = scheduler.after(1_000).then(() => {
    push(claimed(scheduler.now));
    calm();
  });
  await world.together([{ machine: one }]);
  await scheduler.until(others);
  expect(world.provider.jobs).toHaveLength(0);
});

test("it is sent where that job had failed before, and somebody said that it is to be made again", async () => {
  const { world, scheduler, calm, push } = busy();
  push(crashed(scheduler.now));
  void scheduler.after(1_000).then(calm);
  const one = world.machine("one");
  await world.together([{ machine: one, retry: ["provider"] }]);
  expect(world.provider.jobs).toHaveLength(1);
  expect(world.entryOf(one, film)).toMatchObject({ state: "ready" });
});

test.each(["shared", "shared if it can be"] as const)(
  "no absence is believed of a claim whose run may live and cannot be told: %s",
  async (keeping) => {
    const { world, server, scheduler, calm } = busy();
    const [one, two] = [world.machine("one"), world.machine("two")];
    // Its clock says that the other's claim is long dead.
    two.ahead = 30 * 60_000;
    const between = async (): Promise<void> => {
      await scheduler.after(500);
      server.trouble = () => "refuses";
      // The first list is read by then, and the second one not yet.
      await scheduler.after(13_000);
      server.trouble = () => undefined;
      await scheduler.after(12_000);
      calm();
    };
    const events = between();
    const [, second] = await world.together([
      { machine: one },
      { machine: two, begins: 1_000, keeping, units: [clip, film] },
    ]);
    await scheduler.until(events);
    expect(second?.notes.get(film.id)).toMatchObject({
      kind: "held",
      text: expect.stringContaining("is believed only"),
    });
    expect(world.entryOf(two, film)).toBeUndefined();
    two.ahead = 0;
    await scheduler.until(scheduler.after(60_000));
    await world.together([{ machine: two }]);
    expect(world.provider.accepted().get(String(film.request.with.prompt))).toBe(1);
    expect(world.entryOf(two, film)).toMatchObject({ state: "ready" });
  },
);

test("our own lost request is made again although nobody could be told of it for a while", async () => {
  const { world, server, scheduler, faults, calm } = busy();
  calm();
  faults.lostRequest = 1;
  void scheduler.after(300).then(() => {
    server.trouble = () => "refuses";
  });
  void scheduler.after(18_000).then(() => {
    server.trouble = () => undefined;
    faults.lostRequest = 0;
  });
  const one = world.machine("one");
  await world.together([{ machine: one }]);
  expect(world.provider.jobs).toHaveLength(1);
  expect(world.entryOf(one, film)).toMatchObject({ state: "ready" });
});
