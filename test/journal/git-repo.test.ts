import { chmod, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { git } from "../../src/io/git/run.ts";
import { entryPath } from "../../src/journal/entry.ts";
import type { OpenJournal } from "../../src/journal/journal.ts";
import { type Claim, type Intent, JournalError, type SubmittedAttempt } from "../../src/model/journal.ts";
import { bareRemote, cloneOf, opened, refuseWith, scratch, workingCopy } from "../support/git/scratch.ts";
import { digestNamed, intentFor, intentsFor } from "../support/journal/attempts.ts";
import { commitsIn, journalIn, journalRef } from "../support/journal/git-journal.ts";

const claimedIn = (claims: readonly Claim[]) =>
  claims.flatMap((claim) => (claim.kind === "claimed" ? [claim.intent] : []));

async function claimed(journal: OpenJournal, intent: Intent) {
  const [mine] = claimedIn(await journal.claim([intent]));
  if (mine === undefined) throw new Error(`${intent.unit} was taken`);
  return mine;
}

async function submittedJob(journal: OpenJournal, intent: Intent): Promise<SubmittedAttempt> {
  const { attempt } = await claimed(journal, intent);
  return { ...attempt, state: "submitted", job: { id: `job of ${intent.unit}` }, submittedAt: attempt.claimedAt };
}

describe("on one machine", () => {
  test("a hundred claims made at once are one commit, and the next run finds them", async () => {
    const repository = await workingCopy();
    const journal = await journalIn(repository, "a");
    const claims = await Promise.all(intentsFor("film", 100).map((intent) => journal.claim([intent])));
    expect(claimedIn(claims.flat())).toHaveLength(100);
    expect(await commitsIn(repository.top)).toBe(1);

    const later = await journalIn(repository, "b");
    expect(later.entries()).toEqual(journal.entries());
    expect(claimedIn(await later.claim(intentsFor("film", 100)))).toEqual([]);
  });

  test("an attempt keeps others away until it has failed, those who planned before even then, and no news goes back", async () => {
    const repository = await workingCopy();
    const [mine, theirs] = [await journalIn(repository, "a"), await journalIn(repository, "b")];
    const job = await submittedJob(mine, intentFor("film"));
    const { state, ...base } = (await mine.entries().get(digestNamed("film"))?.attempts[0]) ?? job;
    await mine.tell(digestNamed("film"), job);
    await mine.tell(digestNamed("film"), { ...base, state: "claimed" });
    expect(state).toBe("claimed");

    expect(await theirs.claim([intentFor("film")])).toMatchObject([{ kind: "taken", entry: { attempts: [job] } }]);
    const failure = { class: "provider", message: "it broke", failedAt: job.submittedAt, begun: true } as const;
    await mine.tell(digestNamed("film"), { ...job, state: "failed", ...failure });
    await theirs.refresh();
    expect(claimedIn(await theirs.claim([intentFor("film")]))).toEqual([]);
    expect(claimedIn(await (await journalIn(repository, "c")).claim([intentFor("film")]))).toHaveLength(1);
  });

  test("two units that ask for the same in one breath get one claim", async () => {
    const journal = await journalIn(await workingCopy(), "a");
    const claims = await journal.claim([intentFor("film"), intentFor("film")]);
    expect(claims.map(({ kind }) => kind)).toEqual(["claimed", "taken"]);
  });

  test("nothing of the checkout is touched, and none of its traps goes off", async () => {
    const repository = await workingCopy();
    const canary = join(await scratch(), "canary");
    for (const hook of ["reference-transaction", "post-checkout", "pre-push", "post-commit"]) {
      await writeFile(join(repository.top, ".git", "hooks", hook), `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 });
    }
    await git(repository.top, ["config", "core.fsmonitor", `touch ${canary}; false`]);
    await writeFile(join(repository.top, ".gitattributes"), "* filter=trap\n");
    await git(repository.top, ["config", "filter.trap.clean", `touch ${canary}; cat`]);

    await (await journalIn(repository, "a")).claim(intentsFor("film", 3));
    await expect(chmod(canary, 0o644)).rejects.toThrow("ENOENT");
    expect(await git(repository.top, ["diff", "--cached", "--name-only"])).toBe("");
  });

  test.each([
    [
      "without any commit",
      async () => {
        const dir = await scratch();
        await git(dir, ["init", "-q"]);
        return opened(dir);
      },
    ],
    [
      "with HEAD detached",
      async () => {
        const repository = await workingCopy();
        await git(repository.top, ["checkout", "-q", "--detach"]);
        return opened(repository.top);
      },
    ],
    [
      "with SHA-256 names",
      async () => {
        const dir = await scratch();
        await git(dir, ["init", "-q", "--object-format=sha256"]);
        return opened(dir);
      },
    ],
  ])("a repository %s has a journal", async (_how, make) => {
    const repository = await make();
    await (await journalIn(repository, "a")).claim(intentsFor("film", 2));
    await (await journalIn(repository, "b")).claim(intentsFor("clip", 2));
    expect((await journalIn(repository, "c")).entries().size).toBe(4);
  });

  test("all working trees of a repository share one journal", async () => {
    const repository = await workingCopy();
    const beside = join(await scratch(), "beside");
    await git(repository.top, ["worktree", "add", "-q", beside]);
    await (await journalIn(await opened(beside), "a")).claim([intentFor("film")]);
    expect((await journalIn(repository, "b")).entries().size).toBe(1);
  });
});

describe("what a crash leaves behind", () => {
  test("the lock of a Git that was killed is taken away once it is old", async () => {
    const repository = await workingCopy();
    const journal = await journalIn(repository, "a");
    await journal.claim([intentFor("film")]);
    const lock = join(repository.top, ".git", `${journalRef}.lock`);
    await writeFile(lock, "");
    await utimes(lock, 0, 0);
    expect(claimedIn(await journal.claim([intentFor("clip")]))).toHaveLength(1);
  });

  test("a torn entry is named and stops everything: it is never taken for an absent one", async () => {
    const repository = await workingCopy();
    await (await journalIn(repository, "a")).claim([intentFor("film")]);
    const blob = (await git(repository.top, ["rev-parse", `${journalRef}:${entryPath(digestNamed("film"))}`])).trim();
    const file = join(repository.top, ".git", "objects", blob.slice(0, 2), blob.slice(2));
    await chmod(file, 0o644);
    await writeFile(file, "");
    const opening = journalIn(repository, "b");
    await expect(opening).rejects.toThrow(JournalError);
    await expect(opening).rejects.toThrow(entryPath(digestNamed("film")));
  });

  test("a torn ref is an error, not an empty journal", async () => {
    const repository = await workingCopy();
    await (await journalIn(repository, "a")).claim([intentFor("film")]);
    await writeFile(join(repository.top, ".git", journalRef), "");
    await expect(journalIn(repository, "b")).rejects.toThrow(/refs\/reelform\/journal is broken/);
  });

  test("entries of a later version are left alone", async () => {
    const repository = await workingCopy();
    const blob = (await git(repository.top, ["hash-object", "-w", "--stdin"], { stdin: "{}" })).trim();
    const tree = (await git(repository.top, ["mktree"], { stdin: `100644 blob ${blob}\tv2\n` })).trim();
    const commit = (await git(repository.top, ["commit-tree", "-m", "later", tree])).trim();
    await git(repository.top, ["update-ref", journalRef, commit]);
    await expect(journalIn(repository, "a")).rejects.toThrow(/update reelform/);
  });
});

describe("shared through a remote", () => {
  test("what one machine claims, no other gets", async () => {
    const remote = await bareRemote();
    const here = await workingCopy(remote);
    await git(here.top, ["push", "-q", "origin", "main"]);
    const mine = await journalIn(here, "a", "origin");
    const theirs = await journalIn(await cloneOf(remote, "--depth=1"), "b", "origin");

    expect(claimedIn(await mine.claim(intentsFor("film", 3)))).toHaveLength(3);
    const claims = await theirs.claim(intentsFor("film", 4));
    expect(claims.map(({ kind }) => kind)).toEqual(["taken", "taken", "taken", "claimed"]);
    expect((await mine.refresh()).size).toBe(4);
    expect(await git(here.top, ["status", "--porcelain"])).toBe("");
  });

  test("what was claimed here before there was a remote is merged into its history", async () => {
    const remote = await bareRemote();
    const [here, there] = [await workingCopy(remote), await workingCopy(remote)];
    await (await journalIn(there, "b", "origin")).claim([intentFor("clip")]);
    await (await journalIn(here, "a")).claim([intentFor("film")]);

    const journal = await journalIn(here, "a2", "origin");
    expect([...journal.entries().keys()].sort()).toEqual([digestNamed("clip"), digestNamed("film")].sort());
    expect(await git(remote.dir, ["rev-list", "--count", "--merges", journalRef])).toBe("1\n");
    expect(claimedIn(await (await journalIn(there, "b2", "origin")).claim([intentFor("film")]))).toEqual([]);
  });

  test("a remote that refuses the journal stops the run before anything is spent", async () => {
    const remote = await bareRemote();
    await refuseWith(remote, "refs/reelform is not for you");
    const journal = await journalIn(await workingCopy(remote), "a", "origin");
    await expect(journal.claim([intentFor("film")])).rejects.toThrow(
      /nothing was spent.*refs\/reelform is not for you/,
    );
    await expect(journal.claim([intentFor("film")])).rejects.toThrow(JournalError);
  });

  test("without an answer from the remote there is no journal", async () => {
    const here = await workingCopy({ url: "file:///nowhere/at/all.git" });
    await expect(journalIn(here, "a", "origin")).rejects.toThrow(/cannot be fetched/);
  });

  test("news of what was paid for is kept here while the remote is away, and the next run brings it", async () => {
    const remote = await bareRemote();
    const here = await workingCopy(remote);
    const journal = await journalIn(here, "a", "origin");
    const job = await submittedJob(journal, intentFor("film"));

    await rename(remote.dir, `${remote.dir}.away`);
    await journal.tell(digestNamed("film"), job);
    expect(journal.unpushed()).toMatch(/does not appear to be a git repository/);
    await expect(journal.claim([intentFor("clip")])).rejects.toThrow(JournalError);
    await rename(`${remote.dir}.away`, remote.dir);

    const next = await journalIn(here, "b", "origin");
    expect(next.unpushed()).toBeUndefined();
    const elsewhere = await journalIn(await workingCopy(remote), "c", "origin");
    expect(elsewhere.entries().get(digestNamed("film"))).toEqual({ digest: digestNamed("film"), attempts: [job] });
    expect(elsewhere.entries().has(digestNamed("clip"))).toBe(false);
  });

  test("at the end of a run nothing waits for a remote that is away", async () => {
    const remote = await bareRemote();
    const journal = await journalIn(await workingCopy(remote), "a", "origin");
    const job = await submittedJob(journal, intentFor("film"));
    await rename(remote.dir, `${remote.dir}.away`);
    const telling = journal.tell(digestNamed("film"), job);
    await journal.flush(60_000);
    await telling;
    expect(journal.unpushed()).toBeDefined();
  });

  test("emulated runs have a journal of their own", async () => {
    const remote = await bareRemote();
    const here = await workingCopy(remote);
    const emulated = await journalIn(here, "a", "origin", true);
    expect(claimedIn(await emulated.claim([intentFor("film")]))).toHaveLength(1);
    const real = await journalIn(here, "b", "origin");
    expect(real.entries().size).toBe(0);
    expect(claimedIn(await real.claim([intentFor("film")]))).toHaveLength(1);
    expect((await (await journalIn(await workingCopy(remote), "c", "origin", true)).refresh()).size).toBe(1);
  });
});
