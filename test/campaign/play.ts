import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { errorCode } from "../../src/io/error-code.ts";
import type { LockEntry } from "../../src/model/lock.ts";
import type { Resolution } from "../../src/report/resolve-text.ts";
import { api } from "../support/cli/api.ts";
import type { Outcome } from "../support/cli/process.ts";
import type { Remote } from "../support/cli/remote.ts";
import { spec } from "../support/cli/spec.ts";
import { lockIn, type Stage, stage } from "../support/cli/stage.ts";
import { front } from "./front.ts";
import type { Instant } from "./instant.ts";

/** What becomes of the killed run's disk. */
export type Disk = "same" | "fresh";

/** Whether a run is switched off, or asked to end and switched off five seconds later, as a CI system does. */
export type How = "at once" | "told to stop first";

/** How runs come back on fresh disks. */
export interface ComeBack {
  /** In clones without history. */
  readonly shallow: boolean;
  /** As later attempts of one CI run, each on a machine with a name of its own: only the attempt tells who is dead. */
  readonly attempts: boolean;
}

const plainly: ComeBack = { shallow: false, attempts: false };

type Locks = Awaited<ReturnType<Stage["locks"]>>;

/** What came of runs that were killed and run again until one succeeded. */
export interface Played {
  /** How many of the instants came before their run's own end. */
  readonly kills: number;
  /** How long the first run took. */
  readonly milliseconds: number;
  /** Requests that were paid for a second time. */
  readonly duplicates: readonly string[];
  /** Videos that are not there although a run says that all is well, or that no run could bring. */
  readonly lost: readonly string[];
  /** Units that wait for a person. */
  readonly inDoubt: number;
  /** What the runs said. */
  readonly told: string;
}

const specs = {
  "videos/tides.yaml": spec("Why the sea rises and falls", { head: { title: "Tides" } }),
  "videos/winds.yaml": spec("Where the wind comes from", { head: { title: "Winds" } }),
  "videos/sky/clouds.yaml": spec("What holds the clouds up", { head: { title: "Clouds" } }),
};
const units = ["sky/clouds", "tides", "winds"];

/** Runs that a person or a CI system starts after the last kill until one succeeds. */
const mostRuns = 4;

/** The run that is to be killed, and what it has done so far. */
interface Armed {
  end(): void;
  /** Until it has come. */
  instant: Instant | undefined;
  /** The number of its first request among those of all runs. */
  firstRequest: number | undefined;
  downloads: number;
}

/** Kills one run after another at its instant, runs again until a run succeeds, and tells what there is then. */
export async function play(
  instants: readonly Instant[],
  disk: Disk,
  flags: string,
  how: How = "at once",
  { shallow, attempts }: ComeBack = plainly,
): Promise<Played> {
  const armed: Armed = { end: () => {}, instant: undefined, firstRequest: undefined, downloads: 0 };
  const whole = instants.some(({ at }) => at === "time") ? await wholeRun() : 0;
  const golpo = await api({ watch: (request) => atDownload(request, armed) });
  const url = await front(golpo.url, (nth, moment) => atRequest(nth, moment, armed));
  let videos = await stage(specs, { api: { url } });
  const env = (nth: number): Readonly<Record<string, string>> => ({
    ...(disk === "fresh" ? { CI: "true" } : {}),
    ...(attempts ? attempt(nth) : {}),
  });
  const line = `reconcile --emulate --yes --commit --verbose ${flags}`;

  const runs: Outcome[] = [];
  let milliseconds = 0;
  // Where results are shared by a commit alone, a file is on the disk of the run that made it.
  const disks = [videos];
  while (runs.at(-1)?.code !== 0 && runs.length < instants.length + mostRuns) {
    if (runs.length > 0) {
      await comeBack(videos);
      if (disk === "fresh") {
        videos = await videos.clone(...(shallow ? ["--depth=1"] : []));
        disks.push(videos);
      }
    }
    const begun = performance.now();
    runs.push(await runUntil(instants[runs.length], { how, whole }, videos, armed, line, env(runs.length + 1)));
    if (runs.length === 1) milliseconds = performance.now() - begun;
  }

  const asked = [...(await videos.locks())].filter(([, { state }]) => state === "unknown").map(([unit]) => unit);
  for (const unit of asked) await answered(unit, flags, videos, env(runs.length + 1));
  if (asked.length > 0) runs.push(await runUntil(undefined, { how, whole }, videos, armed, line, env(runs.length + 1)));

  const told = runs.map(({ code, signal, stderr }) => `--- ${signal ?? code}\n${stderr}`).join("");
  const locks = disk === "fresh" ? await shared(videos.remote) : await videos.locks();
  const left = await videos.git("status", "--porcelain");
  const accepted = golpo.accepted();
  return {
    kills: runs.filter(({ code, signal }) => signal === "SIGKILL" || code === 130).length,
    milliseconds,
    duplicates: accepted.flatMap(({ duplicateOf }) => (duplicateOf === undefined ? [] : [duplicateOf])),
    lost: [
      ...(runs.at(-1)?.code === 0 ? [] : ["no run succeeded"]),
      ...(left === "" ? [] : [`not committed: ${left}`]),
      ...(accepted.length >= units.length ? [] : [`${accepted.length} requests were taken on`]),
      ...units.flatMap((unit) => missing(unit, locks.get(unit), disks)),
    ],
    inDoubt: asked.length,
    told,
  };
}

/** The environment of a CI run's nth attempt, and what makes Node tell that machine's name. */
function attempt(nth: number): Readonly<Record<string, string>> {
  const renamed = `import os from "node:os"; import { syncBuiltinESMExports } from "node:module"; os.hostname = () => "runner-${nth}"; syncBuiltinESMExports();`;
  return {
    GITHUB_RUN_ID: "4711",
    GITHUB_RUN_ATTEMPT: `${nth}`,
    GITHUB_SERVER_URL: "https://github.invalid",
    GITHUB_REPOSITORY: "acme/videos",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(renamed)}`,
  };
}

/** One run of the program, killed at its instant where it has one. */
async function runUntil(
  instant: Instant | undefined,
  { how, whole }: { readonly how: How; readonly whole: number },
  videos: Stage,
  armed: Armed,
  line: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  if (instant?.at === "push") await killAtPush(videos.remote, instant);
  const run = videos.begin(line, env);
  let last: NodeJS.Timeout | undefined;
  const end = (): void => {
    armed.instant = undefined;
    if (how === "at once") run.kill();
    else {
      run.signal("SIGTERM");
      last = setTimeout(run.kill, 5_000);
    }
  };
  Object.assign(armed, { end, instant, firstRequest: undefined, downloads: 0 });
  await writeFile(pidFile(videos.remote), String(run.pid));
  const timer = instant?.at === "time" ? setTimeout(end, instant.part * whole) : undefined;
  const ended = await run.ended;
  clearTimeout(timer);
  clearTimeout(last);
  armed.instant = undefined;
  for (const when of ["pre-receive", "post-receive"] as const) await videos.remote.hook(when, undefined);
  return ended;
}

/** What a person does who is asked about a request: names the job that the list has, or says that there is none. */
async function answered(unit: string, flags: string, videos: Stage, env: Readonly<Record<string, string>>) {
  const push = flags.includes("--push") ? " --push" : "";
  const question = await videos.reelform(`resolve ${unit} --emulate --json${push}`, env);
  const { candidates = [] } = JSON.parse(question.stdout) as Extract<Resolution, { kind: "open" }>;
  const answer = candidates[0] === undefined ? "--none" : `--job ${candidates[0].job.id}`;
  const said = await videos.reelform(`resolve ${unit} --emulate ${answer}${push}`, env);
  expect(said, said.stderr).toMatchObject({ code: 0 });
}

/**
 * Nothing was paid for twice, every video is there, and nobody had to look at anything. Who is killed twice before one
 * request was sent may be asked: a list that lacks both is not believed.
 */
export function expectSound({ kills, duplicates, lost, inDoubt, told }: Played): void {
  const mayAsk = kills < 2 ? 0 : 1;
  expect({ duplicates, lost, asked: inDoubt > mayAsk }, told).toEqual({ duplicates: [], lost: [], asked: false });
}

/** Why a unit's video is on none of these disks as its lock says. */
function missing(unit: string, entry: LockEntry | undefined, disks: readonly Stage[]): readonly string[] {
  if (entry?.state !== "ready") return [`${unit} is ${entry?.state ?? "in no lock"}`];
  return entry.outputs.flatMap(({ url, sha256 }) => {
    const files = disks.map(({ path }) => join(path, url)).filter((file) => existsSync(file));
    if (files.length === 0) return [`${unit}: ${url} is not there`];
    const torn = files.some((file) => createHash("sha256").update(readFileSync(file)).digest("hex") !== sha256);
    return torn ? [`${unit}: ${url} is not what was made`] : [];
  });
}

function atDownload(request: string, armed: Armed): void {
  if (!request.includes("/golpo/files/") || armed.instant?.at !== "download") return;
  armed.downloads += 1;
  if (armed.downloads === armed.instant.nth) armed.end();
}

function atRequest(nth: number, moment: "before" | "processed" | "answered", armed: Armed): void {
  armed.firstRequest ??= nth;
  const { instant, firstRequest } = armed;
  if (instant?.at !== "request" || instant.side !== moment) return;
  if (nth === firstRequest + instant.nth - 1) armed.end();
}

/** How long a run takes that nobody kills, as far as is known. Milliseconds. */
let known: number | undefined;

async function wholeRun(): Promise<number> {
  known ??= (await play([], "same", "")).milliseconds;
  return known;
}

/** Plays an instant until it comes before the run's own end. One that is so many milliseconds away may need a better guess. */
export async function kill(instant: Instant, disk: Disk, flags: string): Promise<boolean> {
  for (let tries = 1; tries <= 3; tries++) {
    const played = await play([instant], disk, flags);
    expectSound(played);
    if (played.kills > 0) return true;
    known = played.milliseconds;
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
  await rm(count, { force: true });
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
  (await namesIn(gitFolder)).filter((name) => name.endsWith(".lock")).map((name) => join(gitFolder, name));

/** Git that outlived its program may take a folder away while it is looked through: then it is looked through again. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || !existsSync(folder)) throw error;
    return namesIn(folder);
  }
}

/** Git that outlived its program may just have taken its lock away. */
async function age(lock: string): Promise<void> {
  try {
    await utimes(lock, 0, 0);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
