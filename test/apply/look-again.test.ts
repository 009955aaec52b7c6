import { expect, test } from "vitest";
import { unit } from "../support/builders.ts";
import { noFaults } from "../support/simulation/faults.ts";
import { SimulatedWorld } from "../support/simulation/world.ts";

const film = unit("film");
const others = ["a", "b", "c", "d", "e"].map((name) => unit(name));

/**
 * Somebody has made a film of the same prompt by hand, which fails. Then `lost` befalls our own request, and while the list
 * does not show it yet we take that job for ours.
 */
async function mistaken(lost: "lostAnswer" | "lostRequest", byHand = ["by hand"]) {
  const faults = { ...noFaults, [lost]: 1 };
  const world = new SimulatedWorld({ seed: 1, units: [film], faults, pushed: true });
  const { provider, scheduler } = world;
  const make = (id: string): void =>
    provider.remember({ job: { id, video: `video ${id}` }, unit: film, createdAt: scheduler.now, fails: true });
  const [first = "", ...more] = byHand;
  make(first);
  await world.pass(30_000);
  const one = world.machine("one");
  await world.together([{ machine: one }]);
  expect(world.entryOf(one, film)).toMatchObject({ state: "failed", job: { video: "video by hand" } });
  for (const id of more) make(id);
  faults[lost] = 0;
  const again = async (): Promise<unknown> => {
    const [ran] = await world.together([{ machine: one, retry: ["provider"] }]);
    return ran?.notes.get(film.id);
  };
  const ours = () => provider.jobs.filter(({ job }) => job.id.startsWith("job-"));
  return {
    world,
    faults,
    one,
    again,
    ours,
    lock: () => world.entryOf(one, film),
    journal: () => one.journal.entries().get(film.digest),
  };
}

test.each([
  ["what was paid for and never found is found before it is paid for again", "lostAnswer", 1],
  ["it is made again where the list has no other job of it", "lostRequest", 0],
] as const)("%s", async (_what, lost, before) => {
  const { again, ours, lock } = await mistaken(lost);
  expect(ours()).toHaveLength(before);
  await again();
  expect(ours()).toHaveLength(1);
  expect(lock()).toMatchObject({ state: "ready", job: { video: ours()[0]?.job.video } });
});

test("nothing is sent where several may be it, and the way out is told", async () => {
  const { again, ours, lock } = await mistaken("lostRequest", ["by hand", "another", "a third"]);
  expect(await again()).toMatchObject({ kind: "held", text: expect.stringMatching(/2 jobs fit; `--replace film`/) });
  expect(ours()).toHaveLength(0);
  expect(lock()).toMatchObject({ state: "failed" });
});

test("a run may die at any step of that, and the next still finds it, however old it is", async () => {
  const left = new Set<string | undefined>();
  for (let dies = 1; dies <= 80; dies += 1) {
    const { world, one, again, ours, lock, journal } = await mistaken("lostAnswer");
    await world.pass(60 * 60_000);
    await world.together([{ machine: one, retry: ["provider"], dies }]);
    left.add(journal()?.attempts[1]?.state);
    await again();
    expect(ours()).toHaveLength(1);
    expect(lock()).toMatchObject({ state: "ready", job: { video: ours()[0]?.job.video } });
  }
  expect(left).toEqual(new Set([undefined, "claimed", "submitted", "ready"]));
});

test("a slot with what was found counts like any other when the provider refuses the rest", async () => {
  const { world, faults, one, ours, lock } = await mistaken("lostAnswer");
  faults.rateLimit = 1;
  const units = [film, ...others];
  const [ran] = await world.together([{ machine: one, retry: ["provider"], units }]);
  expect(lock()).toMatchObject({ state: "ready" });
  for (const { id } of others) expect(ran?.notes.get(id)).toMatchObject({ kind: "turned-away", class: "rate" });
  expect(ours()).toHaveLength(1);
});
