import { expect, test } from "vitest";
import { seeded } from "../support/random.ts";
import { atDownloads, atPushes, atRequests, atTimes, type Instant, named } from "./instant.ts";
import { expectSound, kill, play } from "./play.ts";

// A failing instant is played again by its name: `npx vitest run test/campaign/fresh-disk.test.ts -t 'push 3, after'`.
const instants: readonly Instant[] = [
  ...atRequests(10),
  ...atDownloads(3),
  ...atPushes(7),
  ...atTimes(84, seeded(20_261_122)),
];
let kills = 0;

test("a run that nobody kills makes every video, once", async () => expectSound(await play([], "fresh", "--push")));

test.each(instants.map((instant) => [named(instant), instant] as const))(
  "killed at %s and cloned anew, every video is made, once",
  async (_name, instant) => {
    if (await kill(instant, "fresh", "--push")) kills += 1;
  },
);

test("a hundred of these instants came before the run's own end", () => {
  expect(kills).toBeGreaterThanOrEqual(100);
});
