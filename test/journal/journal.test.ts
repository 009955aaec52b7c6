import { expect, test } from "vitest";
import { type OpenJournal, openJournal } from "../../src/journal/journal.ts";
import { JournalError } from "../../src/model/journal.ts";
import { digestNamed, intentFor, intentsFor, runnerNamed } from "../support/journal/attempts.ts";
import { Commits, memoryRepo, Place, type Trouble } from "../support/journal/memory-repo.ts";
import { seeded } from "../support/random.ts";
import { Life, Scheduler } from "../support/simulation/scheduler.ts";

/** A journal on one machine, with a server whose troubles the test arranges. */
async function world() {
  const scheduler = new Scheduler(seeded(1));
  const commits = new Commits();
  const [disk, server] = [new Place(commits), new Place(commits)];
  const life = new Life(scheduler, 1);
  const open = (run: string): Promise<OpenJournal> => {
    const repo = memoryRepo(life, disk, server);
    return openJournal({ repo, runner: runnerNamed(run), clock: life.clock, random: scheduler.random });
  };
  return { scheduler, disk, server, open, journal: await scheduler.until(open("a")) };
}

/** Trouble for the next exchanges, then none. */
function troubles(place: Place, ...list: readonly Trouble[]): void {
  const left = [...list];
  place.trouble = () => left.shift();
}

test("what arrives while a push is under way rides on the next one, and there is never more than one", async () => {
  const { scheduler, server, journal } = await world();
  const [first, ...others] = intentsFor("film", 60);
  const claims = [journal.claim([first ?? intentFor("x")])];
  await scheduler.until(Promise.all([scheduler.after(20)]));
  claims.push(...others.map((intent) => journal.claim([intent])));
  const granted = (await scheduler.until(Promise.all(claims))).flat();
  expect(granted.filter(({ kind }) => kind === "claimed")).toHaveLength(60);
  expect(server.moves).toBe(2);
});

test("a claim whose push took effect and was not answered is granted, once", async () => {
  const { scheduler, server, journal } = await world();
  troubles(server, "answer lost");
  const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
  expect(claim?.kind).toBe("claimed");
  expect(server.moves).toBe(1);
  expect(server.entries().get(digestNamed("film"))?.attempts).toHaveLength(1);
});

test("a claim that was refused for want of an answer is taken back where it turns up", async () => {
  const { scheduler, server, journal, open } = await world();
  server.trouble = () => "answer lost";
  await expect(scheduler.until(journal.claim([intentFor("film")]))).rejects.toThrow(JournalError);
  expect(server.entries().get(digestNamed("film"))?.attempts).toMatchObject([{ state: "claimed" }]);

  server.trouble = () => undefined;
  await scheduler.until(journal.refresh());
  await scheduler.until(journal.claim([intentFor("clip")]));
  expect(server.entries().get(digestNamed("film"))?.attempts).toMatchObject([{ state: "failed", begun: false }]);
  const [again] = await scheduler.until((await scheduler.until(open("b"))).claim([intentFor("film")]));
  expect(again?.kind).toBe("claimed");
});

test("news does not wait for the end of every try once the server is known to be away", async () => {
  const { scheduler, server, journal } = await world();
  const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
  if (claim?.kind !== "claimed") throw new Error("taken");
  const { attempt, digest } = claim.intent;
  const job = { ...attempt, state: "submitted", job: { id: "j" }, submittedAt: attempt.claimedAt } as const;
  server.trouble = () => "unreachable";
  await scheduler.until(journal.tell(digest, job));
  const before = scheduler.now;
  await scheduler.until(journal.tell(digest, { ...job, state: "ready", completedAt: attempt.claimedAt, outputs: [] }));
  expect(scheduler.now - before).toBeLessThan(400);
  expect(journal.unpushed()).toBe("no answer");
  expect(journal.entries().get(digest)?.attempts).toMatchObject([{ state: "ready" }]);

  server.trouble = () => undefined;
  await scheduler.until(journal.claim([intentFor("clip")]));
  expect(journal.unpushed()).toBeUndefined();
  expect(server.entries().get(digest)?.attempts).toMatchObject([{ state: "ready" }]);
});

test("a submit may begin for ten minutes after its claim, and no longer", async () => {
  const { scheduler, journal } = await world();
  const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
  if (claim?.kind !== "claimed") throw new Error("taken");
  expect(claim.intent.validUntil).toBe(Date.parse(claim.intent.attempt.claimedAt) + 10 * 60_000);
  expect(claim.intent).toMatchObject(intentFor("film"));
});

test("a refusal to look does not take back what was told in the same breath", async () => {
  const { scheduler, disk, server, journal } = await world();
  const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
  if (claim?.kind !== "claimed") throw new Error("taken");
  const { attempt, digest } = claim.intent;
  server.trouble = () => "unreachable";
  const looking = journal.refresh();
  looking.catch(() => {});
  const job = { ...attempt, state: "submitted", job: { id: "j" }, submittedAt: attempt.claimedAt } as const;
  await scheduler.until(journal.tell(digest, job));
  await expect(looking).rejects.toThrow(JournalError);
  expect(disk.entries().get(digest)?.attempts).toEqual([job]);
});
