import { mkdirSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { errorCode } from "../io/error-code.ts";
import { ignoreItself } from "../io/ignore-itself.ts";
import { insideOf } from "../io/safe-file.ts";
import { lockPath } from "../lock/path.ts";
import { type Store, StoreError } from "../model/store.ts";
import type { RepoPath } from "../model/unit.ts";
import { inRun } from "../report/advice.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { type Gathered, gather } from "./gather.ts";
import type { PlanArgs } from "./planning.ts";
import { refuse } from "./problems.ts";
import { selection } from "./selection.ts";
import { storesOf } from "./store.ts";
import type { World } from "./world.ts";

export interface PullArgs extends PlanArgs {
  readonly to: string;
}

/** Copies finished files out of the store, each checked against the hash in its lock. */
export async function pull(args: PullArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const { locks } = gathered.value;
  const folder = resolve(world.cwd, args.to);
  await makeFolder(folder, args.to, gathered.value);

  const { units } = await selection(gathered.value, args.selectors, []);
  const entries = units.map(({ id, spec }) => ({ id, spec, entry: locks.get(spec)?.units.get(id) }));
  const outputs = entries.flatMap(({ id, spec, entry }) =>
    entry?.state === "ready"
      ? entry.outputs.map((output) => ({ id, spec, output, emulate: entry.origin === "emulated" }))
      : [],
  );
  const storeFor = storesOf(gathered.value, world);
  const files = [];
  let lost = false;
  for (const { id, spec, output, emulate } of outputs) {
    const path = join(folder, basename(output.url));
    const missing = await copy(await storeFor(emulate), output, path);
    if (missing === undefined && !args.json) world.print(path);
    if (missing !== undefined)
      world.tell(`${id}: ${missing}${output.role === "poster" ? "" : `\nhint: ${again(spec, emulate)}`}`);
    lost ||= missing !== undefined && output.role !== "poster";
    files.push({ unit: id, path, ok: missing === undefined });
  }
  if (args.json) world.print(JSON.stringify({ files }, null, 2));
  return lost ? exit.failed : exit.done;
}

/** A result without a lock entry is found in the journal, and its file is fetched where the store does not have it. */
const again = (spec: RepoPath, emulated: boolean): string =>
  `remove ${lockPath(spec)} and run \`${inRun("reelform reconcile", emulated)}\`: what is paid for is not paid again, and the file is fetched where the provider still has it`;

/** A folder that we make in the repository is none of Git's business. One that is there already is its owner's. */
async function makeFolder(folder: string, named: string, { git }: Pick<Gathered, "git">): Promise<void> {
  try {
    const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
    const inside = git !== undefined && insideOf(git.top, realpathSync.native(folder)) !== undefined;
    if (isNew && inside) await ignoreItself(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UsageError(`--to ${named}: there can be no folder (${errorCode(error)})`, "name a folder");
  }
}

async function copy(store: Store, output: Parameters<Store["get"]>[0], path: string): Promise<string | undefined> {
  try {
    await store.get(output, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.message;
  }
}
