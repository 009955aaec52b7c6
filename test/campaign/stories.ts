import { isSound, judge } from "../support/simulation/invariants.ts";
import { play } from "../support/simulation/play.ts";
import { flagsOf } from "../support/simulation/schedule.ts";
import { schedule } from "../support/simulation/widen.ts";

/** A process of its own: plays the stories of some seeds, one line of JSON for each, until it has played all. */
const [first = 0, count = 0, step = 1] = process.argv.slice(2).map(Number);
for (let seed = first; seed < first + count * step; seed += step) {
  process.stdout.write(`${JSON.stringify(await told(seed))}\n`);
}

async function told(seed: number) {
  try {
    const story = await play(schedule(seed));
    const judgement = judge(story);
    return {
      seed,
      runs: story.runs.length,
      kills: story.runs.filter(({ end }) => end === "died" || end === "stopped").length,
      duplicates: judgement.duplicates,
      lost: judgement.lost,
      broken: judgement.broken,
      inDoubt: judgement.inDoubt,
      ...(isSound(judgement) ? {} : { flags: flagsOf(schedule(seed)) }),
    };
  } catch (error) {
    const broken = [error instanceof Error ? `${error.stack}` : String(error)];
    return { seed, runs: 0, kills: 0, duplicates: [], lost: [], broken, inDoubt: 0, flags: flagsOf(schedule(seed)) };
  }
}
