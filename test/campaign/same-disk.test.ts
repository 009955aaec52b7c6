import { expect, test } from "vitest";
import { seeded } from "../support/random.ts";
import { atDownloads, atPushes, atRequests, atTimes, type Instant, named } from "./instant.ts";
import { expectSound, kill, play } from "./play.ts";

// A failing instant is played again by its name: `npx vitest run test/campaign/same-disk.test.ts -t 'request 5, processed'`.
const alone: readonly Instant[] = [...atRequests(10), ...atDownloads(3), ...atTimes(72, seeded(20_261_120))];
const shared: readonly Instant[] = [...atPushes(7), ...atTimes(6, seeded(20_261_121))];
let kills = 0;

test("a run that nobody kills makes every video, once", async () => expectSound(await play([], "same", "")));

test.each([
  ...alone.map((instant) => [named(instant), "", instant] as const),
  ...shared.map((instant) => [`${named(instant)}, pushing`, "--push", instant] as const),
])("killed at %s, on the same disk every video is made, once", async (_name, flags, instant) => {
  if (await kill(instant, "same", flags)) kills += 1;
});

test("a hundred of these instants came before the run's own end", () => {
  expect(kills).toBeGreaterThanOrEqual(100);
});
