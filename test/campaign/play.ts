import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { errorCode } from "../../src/io/error-code.ts";
import { type Api, api } from "../support/cli/api.ts";
import type { Outcome, Running } from "../support/cli/process.ts";
import type { Remote } from "../support/cli/remote.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, type Stage, stage } from "../support/cli/stage.ts";
import { front } from "./front.ts";
import type { Instant } from "./instant.ts";

/** What becomes of the killed run's disk. */
export type Disk = "same" | "fresh";

type Locks = Awaited<ReturnType<Stage["locks"]>>;

interface Played {
  /** Whether the instant came before the run's own end. */
  readonly killed: boolean;
  readonly milliseconds: number;
}

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls", { head: { title: "Tides" } }),
  "videos/winds.yaml": spec("Where the wind comes from", { head: { title: "Winds" } }),
  "videos/sky/clouds.yaml": spec("What holds the clouds up", { head: { title: "Clouds" } }),
};
const units = ["sky/clouds", "tides", "winds"];

/** Runs that a person or a CI system starts after a kill until one succeeds. */
const mostRuns = 3;

/** Kills a run at an instant, runs again until a run succeeds, and holds what must be true then. */
export async function play(instant: Instant | undefined, disk: Disk, flags: string): Promise<Played> {
  const armed: { run?: Running } = {};
  const golpo = await api({ watch: atDownload(instant, () => armed.run?.kill()) });
  const url = await front(golpo.url, (nth, moment) => {
    if (instant?.at === "request" && instant.nth === nth && instant.side === moment) armed.run?.kill();
  });
  let videos = await stage(specs, { api: { url } });
  if (instant?.at === "push") await killAtPush(videos.remote, instant);
  const env: Readonly<Record<string, string>> = disk === "fresh" ? { CI: "true" } : {};
  const line = `reconcile --emulate --yes --commit --verbose ${flags}`;

  const begun = performance.now();
  const run = videos.begin(line, env);
  armed.run = run;
  await writeFile(pidFile(videos.remote), String(run.pid));
  const timer = instant?.at === "time" ? setTimeout(run.kill, instant.part * wholeRun) : undefined;
  const first = await run.ended;
  clearTimeout(timer);
  const milliseconds = performance.now() - begun;
  for (const when of ["pre-receive", "post-receive"] as const) await videos.remote.hook(when, undefined);

  const runs: Outcome[] = [first];
  // Where results are shared by a commit alone, the files are on the disk of the run that committed it.
  let maker = (await shared(videos.remote)).size > 0 ? videos : undefined;
  while (runs.at(-1)?.code !== 0 && runs.length <= mostRuns) {
    await comeBack(videos);
    if (disk === "fresh") {
      const clone = await videos.clone();
      // The push of a run that was killed may arrive after its end, and just before the clone.
      if ((await clone.locks()).size > 0) maker ??= videos;
      videos = clone;
    }
    runs.push(await videos.reelform(line, env));
    if ((await shared(videos.remote)).size > 0) maker ??= videos;
  }
  const told = runs.map(({ code, signal, stderr }) => `--- ${signal ?? code}\n${stderr}`).join("");
  expect(runs.at(-1)?.code, told).toBe(0);
  expect(await videos.git("status", "--porcelain"), told).toBe("");
  paidOnce(golpo, told);
  if (disk === "fresh") allReady(await shared(videos.remote), maker ?? videos, told);
  else allReady(await videos.locks(), videos, told);
  return { killed: first.signal === "SIGKILL", milliseconds };
}

function paidOnce(golpo: Api, told: string): void {
  const accepted = golpo.accepted();
  const twice = accepted.filter(({ duplicateOf }) => duplicateOf !== undefined);
  expect(twice, told).toEqual([]);
  expect(accepted, told).toHaveLength(units.length);
}

function allReady(locks: Locks, { path }: Stage, told: string): void {
  expect([...locks].map(([id, { state }]) => `${id} ${state}`).sort(), told).toEqual(units.map((id) => `${id} ready`));
  for (const entry of locks.values()) {
    for (const { url, sha256 } of entry.state === "ready" ? entry.outputs : []) {
      const bytes = readFileSync(join(path, url));
      expect(createHash("sha256").update(bytes).digest("hex"), `${told}\n${url}`).toBe(sha256);
    }
  }
}

/** Calls back when the download of this instant begins. */
function atDownload(instant: Instant | undefined, then: () => void): (request: string) => void {
  let downloads = 0;
  return (request) => {
    if (!request.includes("/golpo/files/") || instant?.at !== "download") return;
    downloads += 1;
    if (downloads === instant.nth) then();
  };
}

/** How long the last run took that nobody killed. Milliseconds. */
let wholeRun = 2_000;

/** Plays an instant until it comes before the run's own end. One that is so many milliseconds away may need a better guess. */
export async function kill(instant: Instant, disk: Disk, flags: string): Promise<boolean> {
  for (let tries = 1; tries <= 3; tries++) {
    const { killed, milliseconds } = await play(instant, disk, flags);
    if (killed) return true;
    wholeRun = milliseconds;
    if (instant.at !== "time") return false;
  }
  return false;
}

/** The locks as the remote's branch has them. */
async function shared(remote: Remote): Promise<Locks> {
  const paths = Object.keys(specs).map((path) => path.replace(".yaml", ".lock.json"));
  const texts = await Promise.all(paths.map(async (path) => [path, await remote.file("main", path)] as const));
  return new Map(texts.flatMap(([path, text]) => [...lockIn(path, text)]));
}

const pidFile = ({ path }: Remote): string => join(path, "pid");

/** The remote counts its pushes and kills at one of them: the hook is a part of the run's process group. */
async function killAtPush(remote: Remote, { nth, side }: Extract<Instant, { at: "push" }>): Promise<void> {
  const [count, pid] = [join(remote.path, "count"), pidFile(remote)];
  const kill = side === "orphaned" ? `kill -9 "$(cat ${pid})"` : `kill -9 "-$(cat ${pid})"; exit 1`;
  await remote.hook(
    side === "after" ? "post-receive" : "pre-receive",
    [`echo push >> ${count}`, `if [ "$(grep -c push ${count})" = ${nth} ]; then ${kill}; fi`].join("\n"),
  );
}

/**
 * As a person or a runner comes back a little later: locks of refs that nobody holds any more are old, those of the
 * user's own index and branch were taken away as Git asks for, and the server, which does not die with its clients, has
 * finished or undone what it was at.
 */
async function comeBack({ path, remote }: Stage): Promise<void> {
  for (const lock of await locksIn(join(path, ".git"))) {
    if (lock.includes("/refs/reelform/")) await age(lock);
    else await rm(lock, { force: true });
  }
  for (const lock of await locksIn(remote.path)) await rm(lock, { force: true });
}

const locksIn = async (gitFolder: string): Promise<readonly string[]> =>
  (await readdir(gitFolder, { recursive: true }))
    .filter((name) => name.endsWith(".lock"))
    .map((name) => join(gitFolder, name));

/** Git that outlived its program may just have taken its lock away. */
async function age(lock: string): Promise<void> {
  try {
    await utimes(lock, 0, 0);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
