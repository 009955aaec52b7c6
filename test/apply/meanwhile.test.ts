import { expect, test } from "vitest";
import { withChanges } from "../../src/journal/merge.ts";
import { instant } from "../../src/model/clock.ts";
import type { FailedAttempt } from "../../src/model/journal.ts";
import { unit } from "../support/builders.ts";
import { runnerNamed } from "../support/journal/attempts.ts";
import type { Trouble } from "../support/journal/memory-repo.ts";
import { noFaults } from "../support/simulation/faults.ts";
import { SimulatedWorld } from "../support/simulation/world.ts";

const film = unit("film");

/** A world whose provider answers every submit with 429 until it is calmed, so that a claim waits long to be sent. */
function busy() {
  const faults = { ...noFaults, rateLimit: 1 };
  const world = new SimulatedWorld({ seed: 1, units: [film], faults, pushed: true });
  const { server, scheduler } = world;
  if (server === undefined) throw new Error("no server");
  return {
    ...{ world, server, scheduler },
    calm(): void {
      faults.rateLimit = 0;
    },
    /** What others push: how an attempt of the film stands now. */
    push(attempt: FailedAttempt): void {
      const parents = server.head === undefined ? [] : [server.head];
      const entries = withChanges(server.entries(), [{ digest: film.digest, attempts: [attempt] }]);
      server.move(server.commits.add({ parents, entries }));
    },
  };
}

const crashed = (now: number): FailedAttempt => ({
  ...{ id: "other-1", unit: film.id, provider: film.provider, runner: runnerNamed("other") },
  ...{ state: "failed", class: "provider", message: "the render crashed", begun: true, job: { id: "job-0" } },
  ...{ claimedAt: instant(now), submittedAt: instant(now), failedAt: instant(now) },
});

test("a claim that waits is not sent where another's job of the same request has failed meanwhile", async () => {
  const { world, scheduler, calm, push } = busy();
  const one = world.machine("one");
  const others = scheduler.after(1_000).then(() => {
    expect(world.server?.entries().get(film.digest)?.attempts).toMatchObject([{ state: "claimed" }]);
    push(crashed(scheduler.now));
    calm();
  });
  await world.together([{ machine: one }]);
  await scheduler.until(others);
  expect(world.provider.jobs).toHaveLength(0);
  expect(world.entryOf(one, film)).toMatchObject({ state: "failed", message: "the render crashed" });
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

test("no absence is believed of a claim whose run may live and cannot be told", async () => {
  const { world, server, scheduler, calm } = busy();
  const [one, two] = [world.machine("one"), world.machine("two")];
  // Its clock says that the other's claim is long dead.
  two.ahead = 30 * 60_000;
  let trouble: Trouble;
  server.trouble = () => trouble;
  const between = async (): Promise<void> => {
    await scheduler.after(500);
    trouble = "refuses";
    // The first list is read by then, and the second one not yet.
    await scheduler.after(12_000);
    trouble = undefined;
    await scheduler.after(12_000);
    calm();
  };
  const events = between();
  await world.together([{ machine: one }, { machine: two, begins: 1_000 }]);
  await scheduler.until(events);
  expect(world.entryOf(two, film)).toMatchObject({ state: "unknown", message: expect.stringContaining("can be told") });
  expect(world.provider.jobs).toHaveLength(0);
  await world.together([{ machine: one }]);
  expect(world.provider.jobs).toHaveLength(1);
  expect(world.entryOf(one, film)).toMatchObject({ state: "ready" });
});
