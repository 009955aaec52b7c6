import { describe, expect, test } from "vitest";
import { unit } from "../support/builders.ts";
import { seeded } from "../support/random.ts";
import { type Faults, noFaults } from "../support/simulation/provider.ts";
import { SimulatedWorld } from "../support/simulation/world.ts";

const units = ["a", "b", "c", "d", "e"].map((name) => unit(name));
const stormy: Faults = {
  ...noFaults,
  lostAnswer: 0.15,
  lostRequest: 0.1,
  rateLimit: 0.2,
  unreachable: 0.1,
  pollTrouble: 0.1,
};

/** Runs that die somewhere, then one that lives. On each new machine nothing is left but what the remote has. */
async function killed(seed: number, wiped: boolean, faults: Faults): Promise<void> {
  const random = seeded(seed ^ 0x9e3779b9);
  const world = new SimulatedWorld({ seed, units, faults, pushed: wiped || random() < 0.5 });
  let machine = world.machine("first");
  for (let deaths = 1 + Math.floor(random() * 3); deaths > 0; deaths -= 1) {
    await world.run(machine, 1 + Math.floor(random() ** 2 * 400));
    if (wiped) machine = world.machine(`after ${deaths} more`);
  }
  await world.run(machine, undefined);

  for (const [prompt, times] of world.provider.accepted()) expect(times, `${prompt} was paid for`).toBe(1);
  for (const one of units) {
    const entry = world.entryOf(machine, one);
    const paid = world.provider.accepted().has(String(one.request.with["prompt"]));
    if (entry?.state === "unknown") continue;
    // Without faults there is nothing that could stop a living run from finishing everything.
    if (faults === noFaults || paid) expect(entry?.state, `${one.id} of seed ${seed}`).toBe("ready");
  }
}

const seeds = Array.from({ length: 150 }, (_, index) => index + 1);

describe("a run that is killed and run again", () => {
  test("pays once for each request and locks every result, on the same disk", async () => {
    for (const seed of seeds) await killed(seed, false, noFaults);
  });

  test("pays once for each request and locks every result, on a new disk", async () => {
    for (const seed of seeds) await killed(seed, true, noFaults);
  });

  test("pays once whatever the network does", async () => {
    for (const seed of seeds) {
      await killed(seed, false, stormy);
      await killed(seed, true, stormy);
    }
  });
});

describe("two runs at once", () => {
  test("share the work and pay once", async () => {
    for (const seed of seeds.slice(0, 40)) {
      const world = new SimulatedWorld({ seed, units, faults: seed % 2 === 0 ? noFaults : stormy, pushed: true });
      const [one, two] = [world.machine("one"), world.machine("two")];
      await world.together([one, two]);
      for (const [prompt, times] of world.provider.accepted()) expect(times, `${prompt} of seed ${seed}`).toBe(1);
      const last = world.machine("three");
      await world.run(last, undefined);
      for (const [prompt, times] of world.provider.accepted()) expect(times, `${prompt} of seed ${seed}`).toBe(1);
    }
  });
});

test("the same seed plays the same story", async () => {
  const story = async (): Promise<unknown> => {
    const world = new SimulatedWorld({ seed: 7, units, faults: stormy, pushed: true });
    await world.run(world.machine("one"), 60);
    await world.run(world.machine("two"), undefined);
    return [world.scheduler.steps, world.scheduler.now, world.provider.jobs];
  };
  expect(await story()).toEqual(await story());
});

test("a bug of ours in every unit that has a slot ends the run instead of letting the others wait for ever", async () => {
  for (const seed of seeds.slice(0, 40)) {
    const world = new SimulatedWorld({ seed, units, faults: { ...noFaults, bug: 1 }, pushed: true });
    await expect(world.run(world.machine("one"), undefined), `seed ${seed}`).rejects.toThrow("a bug of ours");
  }
});
