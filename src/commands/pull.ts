import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Store, StoreError } from "../model/store.ts";
import { openStore } from "../stores/index.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { gather } from "./gather.ts";
import type { PlanArgs } from "./planning.ts";
import { refuse } from "./problems.ts";
import { selection } from "./selection.ts";
import type { World } from "./world.ts";

export interface PullArgs extends PlanArgs {
  readonly to: string;
}

/** Copies finished files out of the store, each checked against the hash in its lock. */
export async function pull(args: PullArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const { project, root, locks } = gathered.value;
  if (project.store.to !== "directory")
    throw new UsageError(`store.to: ${project.store.to} is not available in this version`);
  const store = openStore(project.store, root);
  const folder = resolve(world.cwd, args.to);
  mkdirSync(folder, { recursive: true });

  const { units } = await selection(gathered.value, args.selectors, []);
  const entries = units.map(({ id, spec }) => ({ id, entry: locks.get(spec)?.units.get(id) }));
  const outputs = entries.flatMap(({ id, entry }) =>
    entry?.state === "ready" ? entry.outputs.map((output) => ({ id, output })) : [],
  );
  const files = [];
  for (const { id, output } of outputs) {
    const path = join(folder, basename(output.url));
    const missing = await copy(store, output, path);
    if (missing === undefined && !args.json) world.print(path);
    if (missing !== undefined)
      world.tell(`${id}: ${missing}\nhint: \`reelform reconcile\` fetches it again where the provider still has it`);
    files.push({ unit: id, path, ok: missing === undefined });
  }
  if (args.json) world.print(JSON.stringify({ files }, null, 2));
  return files.every(({ ok }) => ok) ? exit.done : exit.failed;
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
