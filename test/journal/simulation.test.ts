import { expect, test } from "vitest";
import { openJournal } from "../../src/journal/journal.ts";
import { mergeEntries } from "../../src/journal/merge.ts";
import { type Attempt, type Claim, type JournalEntries, JournalError } from "../../src/model/journal.ts";
import type { Digest } from "../../src/model/unit.ts";
import { intentsFor, runnerNamed } from "../support/journal/attempts.ts";
import { Commits, memoryRepo, Place } from "../support/journal/memory-repo.ts";
import { seeded } from "../support/random.ts";
import { Life, Scheduler } from "../support/simulation/scheduler.ts";

const wanted = intentsFor("films", 12);

/** Two desks with two runs each, sharing a server that fails at times; half of the runs die somewhere on the way. */
function world(seed: number, pushed: boolean) {
  const random = seeded(seed);
  const scheduler = new Scheduler(random);
  const commits = new Commits();
  const disks = [new Place(commits), new Place(commits)];
  const server = new Place(commits);
  const faults = random() < 0.5 ? 0 : 0.15;
  server.trouble = () => (random() < faults ? (random() < 0.5 ? "unreachable" : "answer lost") : undefined);
  return { random, scheduler, disks: pushed ? disks : disks.slice(0, 1), server: pushed ? server : undefined };
}

interface Told {
  readonly digest: Digest;
  readonly attempt: Attempt;
}

/** What one run does: claims everything, pays for what it got, tells what came of it. */
async function live(life: Life, name: string, disk: Place, server: Place | undefined, spent: Told[], told: Told[]) {
  const { clock, scheduler } = life;
  const repo = memoryRepo(life, disk, server);
  const journal = await openJournal({ repo, runner: runnerNamed(name), clock, random: scheduler.random });

  async function spend(claim: Claim): Promise<void> {
    if (claim.kind !== "claimed") return;
    const { attempt, digest } = claim.intent;
    spent.push({ digest, attempt });
    const submitted = {
      ...attempt,
      state: "submitted",
      job: { id: `job of ${attempt.id}` },
      submittedAt: attempt.claimedAt,
    } as const;
    await life.alive(scheduler.after(scheduler.random() * 2_000));
    await journal.tell(digest, submitted);
    told.push({ digest, attempt: submitted });
    await life.alive(scheduler.after(scheduler.random() * 5_000));
    const ready = { ...submitted, state: "ready", completedAt: attempt.claimedAt, outputs: [] } as const;
    await journal.tell(digest, ready);
    told.push({ digest, attempt: ready });
  }

  const shuffled = [...wanted].sort(() => scheduler.random() - 0.5);
  const halves = [shuffled.slice(0, 5), shuffled.slice(5)];
  await Promise.all(
    halves.map(async (half) => {
      const claims = await journal.claim(half);
      await Promise.all(claims.map(spend));
    }),
  );
}

function stateIn(places: readonly JournalEntries[], { digest, attempt }: Told): string | undefined {
  const copies = places.flatMap((entries) => entries.get(digest) ?? []);
  const { attempts } = copies.reduce(mergeEntries, { digest, attempts: [] });
  return attempts.find(({ id }) => id === attempt.id)?.state;
}

async function play(seed: number, pushed: boolean) {
  const { random, scheduler, disks, server } = world(seed, pushed);
  const spent: Told[] = [];
  const told: Told[] = [];
  const lives = [1, 2, 3, 4].map((pid) => new Life(scheduler, pid));
  for (const life of lives) {
    const crash = random() < 0.5 ? Math.floor(random() * 400) : undefined;
    if (crash !== undefined) {
      scheduler.in(crash, () => {
        life.dead = true;
      });
    }
  }
  const runs = lives.map(async (life, index) => {
    const disk = disks[index % disks.length] as Place;
    const run = live(life, `run ${life.pid}`, disk, server, spent, told).catch((error: unknown) => {
      if (!(error instanceof JournalError)) throw error;
    });
    await Promise.race([run, dies(life, scheduler)]);
  });
  await scheduler.until(Promise.all(runs));
  return {
    spent,
    told,
    places: [...disks, ...(server === undefined ? [] : [server])].map((place) => place.entries()),
    server,
  };
}

/** Resolves once a run is dead: whatever it was waiting for never comes. */
async function dies(life: Life, scheduler: Scheduler): Promise<void> {
  for (let waited = 0; waited < 10_000 && !life.dead; waited += 1) await scheduler.after(100);
}

test.each([
  ["on one machine", false],
  ["with a server between the machines", true],
])(
  "%s nothing is paid for twice and nothing that was told is lost, whoever dies and whatever answer is lost",
  async (_where, pushed) => {
    for (let seed = 1; seed <= 150; seed++) {
      const { spent, told, places } = await play(seed, pushed);
      const digests = spent.map(({ digest }) => digest);
      expect(new Set(digests).size, `seed ${seed}: paid twice`).toBe(digests.length);
      for (const news of told) {
        const state = stateIn(places, news);
        const enough = state === news.attempt.state || state === "ready";
        expect(enough, `seed ${seed}: ${news.attempt.id} was ${news.attempt.state}, the journal says ${state}`).toBe(
          true,
        );
      }
      // Whatever was spent left at least its claim where the money's owner finds it.
      for (const news of spent) expect(stateIn(places, news), `seed ${seed}: spent without a trace`).toBeDefined();
    }
  },
);
