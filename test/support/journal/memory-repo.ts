import { withChanges } from "../../../src/journal/merge.ts";
import type { Copy, JournalRepo, Snapshot } from "../../../src/journal/repo.ts";
import { type JournalEntries, JournalError } from "../../../src/model/journal.ts";
import type { Life } from "../simulation/scheduler.ts";

interface Commit {
  readonly parents: readonly string[];
  readonly entries: JournalEntries;
}

/** Every commit that anybody ever wrote. A place only has what its head leads to. */
export class Commits {
  readonly #all = new Map<string, Commit>();
  /** How often a head of any place has moved: what happened before what. */
  moves = 0;

  add(commit: Commit): string {
    const id = `commit ${this.#all.size + 1}`;
    this.#all.set(id, commit);
    return id;
  }

  get(id: string | undefined): Commit {
    return (id === undefined ? undefined : this.#all.get(id)) ?? { parents: [], entries: new Map() };
  }

  /** The newest commit that both have in their history. */
  parted(one: string, other: string): string | undefined {
    return [...this.#all.keys()].reverse().find((id) => this.contains(one, id) && this.contains(other, id));
  }

  contains(id: string, ancestor: string): boolean {
    return id === ancestor || this.get(id).parents.some((parent) => this.contains(parent, ancestor));
  }
}

/** Something that happens to an exchange with a place: not at all, without an answer or with a late one, or it takes nothing new. */
export type Trouble = "unreachable" | "answer lost" | "answers late" | "refuses" | undefined;

/** How late an answer may be. Milliseconds. */
const latest = 10 * 60_000;

/** A disk, or a server: where a head is kept. */
export class Place {
  head: string | undefined;
  moves = 0;
  trouble: () => Trouble = () => undefined;
  readonly commits: Commits;
  readonly #since = new Map<string, number>();
  readonly #absent = new Set<string>();

  constructor(commits: Commits) {
    this.commits = commits;
  }

  entries(): JournalEntries {
    return this.commits.get(this.head).entries;
  }

  move(commit: string): void {
    this.head = commit;
    this.moves += 1;
    this.commits.moves += 1;
    for (const { attempts } of this.entries().values()) {
      for (const one of attempts) {
        if (!this.#since.has(one.id)) this.#since.set(one.id, this.commits.moves);
        if (one.state === "failed" && one.absent === true) this.#absent.add(one.id);
      }
    }
  }

  /** Whether an attempt ever stood here as one that the provider never took on. */
  wasAbsent(attempt: string): boolean {
    return this.#absent.has(attempt);
  }

  /** When an attempt first stood here, counted in moves of all places. */
  since(attempt: string): number | undefined {
    return this.#since.get(attempt);
  }
}

/** A journal's repository in a simulated world: time passes at every step, and a dead run never hears of anything. */
export function memoryRepo(life: Life, disk: Place, server: Place | undefined): JournalRepo {
  const { commits } = disk;
  return {
    local: copyIn(disk, life, 3, (_commit, from) => disk.head === from),
    remote:
      server &&
      copyIn(server, life, 80, (commit) => server.head === undefined || commits.contains(commit, server.head)),
    write: ({ parents, changed }) =>
      life.outside(() => {
        if (disk.trouble() !== undefined) throw new JournalError("no space left on device");
        return commits.add({ parents, entries: withChanges(commits.get(parents[0]).entries, changed) });
      }, 3),
    contains: (commit, ancestor) => life.outside(() => commits.contains(commit, ancestor), 3),
    parted: (one, other) => life.outside(() => commits.get(commits.parted(one, other)).entries, 3),
  };
}

function copyIn(
  place: Place,
  life: Life,
  latency: number,
  fits: (commit: string, from: string | undefined) => boolean,
): Copy {
  async function exchange<T>(act: (trouble: Trouble) => T): Promise<T> {
    let late = false;
    const answer = await life.outside(() => {
      const trouble = place.trouble();
      late = trouble === "answers late";
      return act(trouble);
    }, latency);
    if (late) await life.alive(life.scheduler.after(life.scheduler.random() ** 2 * latest));
    return answer;
  }

  return {
    read: () =>
      exchange((trouble) => {
        if (trouble === "unreachable" || trouble === "answer lost") return { kind: "failed", why: "no answer" };
        const snapshot: Snapshot = { head: place.head, entries: place.entries() };
        return { kind: "read", snapshot };
      }),
    offer: (commit, from) =>
      exchange((trouble) => {
        if (trouble === "unreachable") return { kind: "failed", why: "no answer" };
        if (trouble === "refuses") return { kind: "failed", why: "pre-receive hook declined" };
        const moved = !fits(commit, from);
        if (!moved) place.move(commit);
        if (trouble === "answer lost") return { kind: "failed", why: "no answer" };
        return { kind: moved ? "moved" : "done" };
      }),
  };
}
