import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseLock } from "../../../src/lock/parse.ts";
import type { LockEntry } from "../../../src/model/lock.ts";
import type { RepoPath } from "../../../src/model/unit.ts";
import { validate } from "../../../src/schema/lock.validate.js";
import type { Api } from "./api.ts";
import { folder } from "./folder.ts";
import { git } from "./git.ts";
import { type Outcome, type Running, start } from "./process.ts";
import { type Remote, remoteIn, textOf } from "./remote.ts";

type Content = string | Uint8Array;
type Files = Readonly<Record<string, Content>>;
type Env = Readonly<Record<string, string>>;

/** A repository on a disk, a home without settings, and the program to run in it. */
export interface Stage {
  readonly path: string;
  readonly remote: Remote;
  write(files: Files): Promise<void>;
  remove(path: string): Promise<void>;
  read(path: string): Promise<string | undefined>;
  /** Adds everything, commits it, and pushes it unless told otherwise. */
  commit(message?: string, push?: boolean): Promise<void>;
  git(...args: readonly string[]): Promise<string>;
  /** Runs the program to its end. The line is split at blanks. */
  reelform(line: string, env?: Env): Promise<Outcome>;
  begin(line: string, env?: Env): Running;
  /** The lock entries of a lockfile, by unit; empty where there is no such file. */
  lock(path: string): Promise<ReadonlyMap<string, LockEntry>>;
  /** All units of all locks in `videos`. */
  locks(): Promise<ReadonlyMap<string, LockEntry>>;
  /** Another copy of what the remote has, as another person or a fresh runner has it. */
  clone(...flags: readonly string[]): Promise<Stage>;
  /** The same person in another folder, named from this one. */
  at(path: string): Promise<Stage>;
}

interface Staging {
  /** Emulated runs go here. */
  readonly api?: Pick<Api, "url"> | undefined;
  /** Undefined makes a bare repository that is the remote; false stays without. */
  readonly remote?: Remote | false;
}

/** A repository with these files committed and, unless there is no remote, pushed. */
export async function stage(files: Files, staging: Staging = {}): Promise<Stage> {
  const home = await folder();
  const remote = staging.remote === undefined || staging.remote === false ? await remoteIn(home) : staging.remote;
  const made = await opened(home, join(home, "repository"), remote, staging.api);
  await mkdir(made.path);
  await made.git("init", "--quiet", "--initial-branch=main");
  await identify(made);
  if (staging.remote !== false) await made.git("remote", "add", "origin", `file://${remote.path}`);
  await made.write(files);
  await made.commit("begin", staging.remote !== false);
  return made;
}

async function identify({ git }: Stage): Promise<void> {
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
}

async function opened(home: string, path: string, remote: Remote, api: Staging["api"]): Promise<Stage> {
  const { PATH = "" } = process.env;
  const own: Env = {
    PATH,
    HOME: home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    ...(api === undefined ? {} : { REELFORM_EMULATOR_URL: api.url }),
  };
  const inside = (name: string): string => join(path, name);
  const words = (line: string): readonly string[] => line.split(" ").filter((word) => word !== "");
  const begin: Stage["begin"] = (line, env = {}) => start(words(line), path, { ...own, ...env });
  const lock: Stage["lock"] = async (name) => lockIn(name, await textOf(inside(name)));

  const self: Stage = {
    path,
    remote,
    begin,
    lock,
    git: (...args) => git(path, own, ...args),
    reelform: (line, env) => begin(line, env).ended,
    read: (name) => textOf(inside(name)),
    remove: (name) => rm(inside(name), { recursive: true }),
    write: async (files) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(inside(name)), { recursive: true });
        await writeFile(inside(name), content);
      }
    },
    commit: async (message = "change", push = true) => {
      await self.git("add", "--all");
      await self.git("commit", "--quiet", "--allow-empty", "--message", message);
      if (push) await self.git("push", "--quiet", "--set-upstream", "origin", "HEAD");
    },
    locks: async () => {
      const names = await readdir(inside("videos"), { recursive: true });
      const found = await Promise.all(
        names.filter((name) => name.endsWith(".lock.json")).map((name) => lock(`videos/${name}`)),
      );
      return new Map(found.flatMap((entries) => [...entries]));
    },
    at: (name) => opened(home, inside(name), remote, api),
    clone: async (...flags) => {
      const elsewhere = await folder();
      await git(elsewhere, own, "clone", "--quiet", ...flags, `file://${remote.path}`, "repository");
      const copy = await opened(elsewhere, join(elsewhere, "repository"), remote, api);
      await identify(copy);
      return copy;
    },
  };
  return self;
}

/** What a lockfile's text says, read as strictly as the program reads it. */
export function lockIn(name: string, text: string | undefined): ReadonlyMap<string, LockEntry> {
  if (text === undefined) return new Map();
  const read = parseLock(name as RepoPath, text, validate);
  if (!read.ok) throw new Error(`${name}: ${read.problems.map(({ message }) => message).join("; ")}`);
  return read.value.units;
}
