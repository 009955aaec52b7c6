import { appendFileSync } from "node:fs";
import { test } from "vitest";
import { drawn, drawnName } from "./drawn.ts";
import { expectSound, play } from "./play.ts";

// A part of `npm run campaign`, which says what to play and where the outcome goes. `npm run campaign -- --schedules 0
// --kills 1 --seed 7` plays one seed alone.
const { CAMPAIGN_SEED = "1", CAMPAIGN_RUNS = "6", CAMPAIGN_FILE } = process.env;
const seeds = Array.from({ length: Number(CAMPAIGN_RUNS) }, (_, index) => Number(CAMPAIGN_SEED) + index);

test.each(seeds.map((seed) => [seed, drawnName(drawn(seed))] as const))(
  "seed %i, %s: every video is made, once",
  async (seed) => {
    const { instants, disk, flags, how, comeBack } = drawn(seed);
    const played = await play(instants, disk, flags, how, comeBack);
    const { told: _told, ...outcome } = played;
    if (CAMPAIGN_FILE !== undefined) appendFileSync(CAMPAIGN_FILE, `${JSON.stringify({ seed, ...outcome })}\n`);
    expectSound(played);
  },
);
