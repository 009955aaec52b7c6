import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProviderName } from "../model/unit.ts";
import { isSpecId } from "../spec/unit-id.ts";
import { loadValidators } from "../spec/validators.ts";
import { type ExitCode, UsageError } from "./exit.ts";
import { openProject, readProject } from "./gather.ts";
import { wroteNew } from "./new-file.ts";
import { refuse } from "./problems.ts";
import { type List, skeleton } from "./skeleton.ts";
import { validate } from "./validate.ts";
import type { World } from "./world.ts";

export interface NewArgs {
  readonly id: string;
  readonly dir: string;
  readonly config: string | undefined;
  readonly provider?: ProviderName;
  readonly matrix: readonly List[];
}

/** Writes the beginning of a spec and says whether it is one: what the matrix makes of it may not be. */
export async function newSpec({ id, dir, config, provider, matrix }: NewArgs, world: World): Promise<ExitCode> {
  if (!isSpecId(id))
    throw new UsageError(`${JSON.stringify(id)} cannot be the name of a video`, "such as onboarding/intro");
  const { root, repository } = await openProject({ dir }, world);
  const project = readProject(repository, config, await loadValidators([]));
  if (!project.ok) return refuse(project.problems, world);

  const { videos, policy } = project.value;
  const path = `${videos}/${id}.yaml`;
  const text = skeleton(provider ?? policy.providers?.[0] ?? "golpo", matrix, world.process.version);
  if (existsSync(join(root, `${videos}/${id}.yml`)) || !wroteNew(join(root, path), text))
    throw new UsageError(`there is a spec ${id} already`, "choose another name, or edit that one");
  world.print(`wrote ${path}`);
  const rest = { config, emulate: false, json: false, quiet: true, verbose: false };
  const code = await validate({ ...rest, dir, paths: [path], format: "text" }, world);
  if (code === 0) world.print(`next \`reelform plan ${id}\``);
  return code;
}
