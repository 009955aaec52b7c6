import { expect, test } from "vitest";
import { type JournalOptions, type OpenJournal, openJournal } from "../../src/journal/journal.ts";
import { instant } from "../../src/model/clock.ts";
import { type Attempt, type ClaimedAttempt, JournalError } from "../../src/model/journal.ts";
import { usd } from "../../src/model/money.ts";
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
  const otherMachine = () => memoryRepo(life, new Place(commits), server);
  const open = (run: string, more: Partial<JournalOptions> = {}): Promise<OpenJournal> => {
    const repo = memoryRepo(life, disk, server);
    return openJournal({ repo, runner: runnerNamed(run), clock: life.clock, random: scheduler.random, ...more });
  };
  return { scheduler, disk, server, open, otherMachine, journal: await scheduler.until(open("a")) };
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

test("a run that is told to end does not wait for the pauses between tries before its news are safe here", async () => {
  const { scheduler, server, open } = await world();
  const stop = new AbortController();
  const journal = await scheduler.until(open("b", { stop: stop.signal }));
  const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
  if (claim?.kind !== "claimed") throw new Error("taken");
  const { attempt, digest } = claim.intent;
  server.trouble = () => "unreachable";
  const told = journal.tell(digest, {
    ...attempt,
    state: "submitted",
    job: { id: "j" },
    submittedAt: attempt.claimedAt,
  });
  await scheduler.until(Promise.all([scheduler.after(50)]));
  const before = scheduler.now;
  stop.abort();
  await scheduler.until(told);
  expect(scheduler.now - before).toBeLessThan(500);
  expect(journal.entries().get(digest)?.attempts).toMatchObject([{ state: "submitted" }]);
});

test("what costs nothing is granted though the month's budget is used up", async () => {
  const { scheduler, open } = await world();
  const allowance = { limit: usd(1), why: "too dear", used: () => usd(2) };
  const journal = await scheduler.until(open("b", { allowance }));
  const claims = [
    { ...intentFor("free"), estimate: undefined },
    { ...intentFor("paid"), estimate: "0.50" },
  ];
  const kinds = (await scheduler.until(journal.claim(claims))).map(({ kind }) => kind);
  expect(kinds).toEqual(["claimed", "too-dear"]);
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
  expect(scheduler.now - before).toBeLessThan(1_500);
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

test("what was read a moment ago serves everybody who may trust it that long, and nobody beyond", async () => {
  const { scheduler, open, journal } = await world();
  await scheduler.until(journal.refresh());
  const other = await scheduler.until(open("b"));
  await scheduler.until(other.claim([intentFor("film")]));

  expect((await scheduler.until(journal.refresh(60_000))).size).toBe(0);
  await scheduler.until(scheduler.after(60_000));
  const readings = await scheduler.until(Promise.all([journal.refresh(60_000), journal.refresh(60_000)]));
  expect(readings.map(({ size }) => size)).toEqual([1, 1]);
});

test("who goes on alone begins nothing that the remote was seen to have", async () => {
  const { scheduler, server, journal: other, open, otherMachine } = await world();
  const alone = await scheduler.until(open("b", { repo: otherMachine(), alone: () => true }));
  server.trouble = () => "refuses";
  const [first] = await scheduler.until(alone.claim([intentFor("film")]));
  expect(first?.kind).toBe("claimed");

  server.trouble = () => undefined;
  await scheduler.until(other.claim([intentFor("clip")]));
  server.trouble = () => "refuses";
  await scheduler.until(alone.refresh());
  const claims = await scheduler.until(alone.claim(["clip", "short"].map(intentFor)));
  expect(claims.map(({ kind }) => kind)).toEqual(["taken", "claimed"]);
  expect(alone.unpushed()).toBeUndefined();
});

test("who goes on alone tries to read the remote again where the last reading failed", async () => {
  const { scheduler, server, journal: other, open, otherMachine } = await world();
  const alone = await scheduler.until(open("b", { repo: otherMachine(), alone: () => true }));
  server.trouble = () => "unreachable";
  await scheduler.until(alone.claim([intentFor("film")]));
  const asked = scheduler.now;
  await scheduler.until(alone.refresh());
  // What was read is this machine's copy, once the remote had failed: however long that took, it is new.
  expect(alone.lastLook()).toBeGreaterThan(asked);
  server.trouble = () => undefined;
  await scheduler.until(other.claim([intentFor("clip")]));
  expect((await scheduler.until(alone.refresh(60_000))).has(digestNamed("clip"))).toBe(true);
});

test("what was never begun is told at once: a slot is kept until it is", async () => {
  const { scheduler, server, journal } = await world();
  const claims = await scheduler.until(journal.claim(intentsFor("film", 100)));
  const [one, ...others] = claims.map((claim) => {
    if (claim.kind !== "claimed") throw new Error("taken");
    return claim.intent;
  });
  if (one === undefined) throw new Error("none");
  const failed = { state: "failed", class: "moderated-input", message: "no", failedAt: one.attempt.claimedAt } as const;
  const ended = { ...failed, submittedAt: one.attempt.claimedAt, job: { id: "j" }, begun: true } as const;
  // After a batch of many there is a rest.
  await scheduler.until(
    Promise.all(others.map(({ digest, attempt }) => journal.tell(digest, { ...attempt, ...ended }))),
  );
  const before = scheduler.now;
  await scheduler.until(journal.tell(one.digest, { ...one.attempt, ...failed, begun: false }));
  expect(scheduler.now - before).toBeLessThan(1_000);
  expect(server.entries().get(one.digest)?.attempts).toMatchObject([{ begun: false }]);
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

const day = 24 * 60 * 60_000;

test("an entry that is refused every day for a year does not grow for ever", async () => {
  const { scheduler, server, open } = await world();
  for (let round = 1; round <= 365; round += 1) {
    const journal = await scheduler.until(open(`day ${round}`));
    const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
    if (claim?.kind !== "claimed") throw new Error("taken");
    const { attempt, digest } = claim.intent;
    const failedAt = instant(scheduler.now);
    const refused = {
      ...attempt,
      state: "failed",
      class: "quota",
      message: "no credit",
      failedAt,
      begun: false,
    } as const;
    await scheduler.until(journal.tell(digest, refused));
    await scheduler.until(scheduler.after(day));
  }
  expect(server.entries().get(digestNamed("film"))?.attempts.length).toBeLessThan(32);
});

test("what money depends on is remembered for ever", async () => {
  const { scheduler, open } = await world();
  const tell = async (name: string, end: (attempt: ClaimedAttempt) => Attempt): Promise<void> => {
    const journal = await scheduler.until(open(name));
    const [claim] = await scheduler.until(journal.claim([intentFor("film")]));
    if (claim?.kind !== "claimed") throw new Error(`${name}: taken`);
    await scheduler.until(journal.tell(claim.intent.digest, end(claim.intent.attempt)));
    await scheduler.until(scheduler.after(400 * day));
  };
  const failed = (attempt: ClaimedAttempt) =>
    ({
      ...attempt,
      state: "failed",
      class: "not-sent",
      message: "",
      failedAt: attempt.claimedAt,
      begun: false,
    }) as const;
  await tell("billed", (attempt) => ({ ...failed(attempt), class: "provider", begun: true, job: { id: "j1" } }));
  await tell("not listed", (attempt) => ({ ...failed(attempt), absent: true }));
  await tell("refused", failed);
  await tell("made", (attempt) => ({
    ...attempt,
    ...{ state: "ready", submittedAt: attempt.claimedAt, completedAt: attempt.claimedAt },
    ...{ job: { id: "j2" }, outputs: [] },
  }));
  const later = await scheduler.until(open("later"));
  const attempts = later.entries().get(digestNamed("film"))?.attempts ?? [];
  expect(attempts.map(({ runner }) => runner.run)).toEqual(["billed", "not listed", "made"]);
});
