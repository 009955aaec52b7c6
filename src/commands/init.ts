import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readSpecs } from "../io/files.ts";
import type { ProviderName, RepoPath } from "../model/unit.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { openProject } from "./gather.ts";
import { wroteNew } from "./new-file.ts";
import { projectSkeleton, skeleton } from "./skeleton.ts";
import type { World } from "./world.ts";

export interface InitArgs {
  readonly dir: string;
  readonly provider?: ProviderName;
  readonly ci?: "github";
}

const generated = "*.lock.json linguist-generated=true";

/** Writes what a project begins with. Whatever is there already stays as it is, and a project with specs gets no other. */
export async function init({ dir, provider = "golpo", ci }: InitArgs, world: World): Promise<ExitCode> {
  const { root, git, repository } = await openProject({ dir }, world);
  const { version } = world.process;
  if (ci !== undefined && git !== undefined && relative(git.top, root) !== "")
    throw new UsageError(`${root} is not the top of its repository, where GitHub looks for workflows`, "run it there");

  const begun = existsSync(join(root, "reelform.yaml")) || readSpecs(repository, "videos" as RepoPath).files.length > 0;
  const files = new Map([
    ["reelform.yaml", projectSkeleton(ci !== undefined, version)],
    ...(begun ? [] : [["videos/first.yaml", skeleton(provider, [], version)] as const]),
    [".gitattributes", `${generated}\n`],
    ...(ci === undefined ? [] : [[".github/workflows/videos.yml", workflow()] as const]),
  ]);
  for (const [name, text] of files) {
    const wrote = wroteNew(join(root, name), text);
    world.print(wrote ? `wrote ${name}` : `kept ${name}, which is there already`);
    if (!wrote && name === ".gitattributes" && !hasLine(join(root, name)))
      world.tell(`hint: ${name} without \`${generated}\` shows the locks in every diff`);
  }
  if (git === undefined) world.tell("hint: this is no Git repository yet; `git init` makes it one");
  world.print("next `reelform plan --emulate`");
  return exit.done;
}

const hasLine = (path: string): boolean => /lock\.json\s.*linguist-generated/.test(readFileSync(path, "utf8"));

const workflow = (): string => readFileSync(new URL("../../templates/github/videos.yml", import.meta.url), "utf8");
