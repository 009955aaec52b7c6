import { setImmediate as nextTurn } from "node:timers/promises";
import { GitError } from "../io/git/error.ts";
import { fetchOwnRef } from "../io/git/fetch.ts";
import { listTree, readObjects } from "../io/git/objects.ts";
import { pushCommit } from "../io/git/push.ts";
import { moveRef, readRef } from "../io/git/refs.ts";
import { commonAncestor, type GitRepository, isAncestor } from "../io/git/repository.ts";
import { reelform, writeCommit } from "../io/git/write-commit.ts";
import type { Clock } from "../model/clock.ts";
import { type JournalEntry, JournalError, TornJournal } from "../model/journal.ts";
import type { Digest } from "../model/unit.ts";
import { digestOfPath, entryPath, formatEntry, parseEntry } from "./entry.ts";
import type { Copy, JournalRepo, Snapshot } from "./repo.ts";

export interface GitJournal {
  readonly repository: GitRepository;
  /** Emulated runs have a journal of their own, so that no test can ever stand in for a paid result. */
  readonly emulated: boolean;
  /** The remote that shares the journal; undefined where this machine's copy is all there is. */
  readonly remote: string | undefined;
  readonly clock: Clock;
}

/** The journal as a ref of a Git repository. */
export function gitJournalRepo({ repository, emulated, remote, clock }: GitJournal): JournalRepo {
  const ref = `refs/reelform/journal${emulated ? "-emulated" : ""}` as const;
  const snapshotOf = reader(repository, ref);

  const local: Copy = {
    read: async () => {
      const head = await legible(ref, () => readRef(repository, ref));
      return { kind: "read", snapshot: await snapshotOf(head) };
    },
    offer: (commit, from) => journaling(async () => ({ kind: await moveRef(repository, ref, commit, from) })),
  };

  const shared = (name: string): Copy => ({
    read: (signal) =>
      journaling(async () => {
        const fetched = await fetchOwnRef(repository, name, ref, signal);
        if (fetched.kind === "unanswered") return { kind: "failed", why: fetched.why };
        return { kind: "read", snapshot: await snapshotOf(fetched.commit) };
      }),
    offer: (commit, _from, signal) =>
      journaling(async () => {
        const pushed = await pushCommit(repository, { remote: name, commit, ref, signal });
        return pushed.kind === "done" || pushed.kind === "moved" ? pushed : { kind: "failed", why: pushed.why };
      }),
  });

  return {
    local,
    remote: remote === undefined ? undefined : shared(remote),
    write: ({ parents, changed, message }) =>
      journaling(async () => {
        const files = await textsOf(changed);
        return writeCommit(repository, { parents, files, message, identity: reelform, at: clock.now() });
      }),
    contains: (commit, ancestor) => isAncestor(repository, ancestor, commit),
    parted: (one, other) =>
      journaling(async () => (await snapshotOf(await commonAncestor(repository, one, other))).entries),
  };
}

/** The texts of a thousand entries would keep the thread for long: only so many are made in one turn. */
const inOneTurn = 100;

async function textsOf(changed: readonly JournalEntry[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of changed) {
    if (texts.size % inOneTurn === 0) await nextTurn();
    texts.set(entryPath(entry.digest), formatEntry(entry));
  }
  return texts;
}

/** Reads whole journals, each version of an entry once: the name of a blob is its content's. */
function reader(repository: GitRepository, ref: string) {
  const known = new Map<string, JournalEntry>();
  return async (head: string | undefined): Promise<Snapshot> => {
    if (head === undefined) return { head, entries: new Map() };
    const files = [...(await legible(ref, () => listTree(repository, head)))].map(([path, blob]) => {
      const digest = digestOfPath(path);
      return { digest, blob, version: `${digest} ${blob}` };
    });
    const missing = files.filter(({ version }) => !known.has(version)).map(({ blob }) => blob);
    const texts = await legible(ref, () => readObjects(repository, missing));
    const entries = new Map<Digest, JournalEntry>();
    for (const { digest, blob, version } of files) {
      const entry = known.get(version) ?? parseEntry(digest, textOf(texts, digest, blob, ref));
      known.set(version, entry);
      entries.set(digest, entry);
    }
    return { head, entries };
  };
}

function textOf(texts: ReadonlyMap<string, Buffer>, digest: Digest, blob: string, ref: string): string {
  const text = texts.get(blob);
  if (text !== undefined) return text.toString("utf8");
  throw new TornJournal(ref, `of ${entryPath(digest)} the object ${blob} is missing or torn`);
}

/** What Git has here and cannot read was written once. */
async function legible<T>(ref: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new TornJournal(ref, error.message, { cause: error });
  }
}

/** To the journal, whatever Git refuses is one thing: it cannot be relied on, so nothing may be spent. */
async function journaling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new JournalError(`the journal cannot be kept: ${error.message}`, { cause: error });
  }
}
