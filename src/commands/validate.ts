import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Problem } from "../model/problem.ts";
import { problemAnnotations } from "../report/problem-annotations.ts";
import { problemJson } from "../report/problem-json.ts";
import { problemSarif } from "../report/problem-sarif.ts";
import { placeOf } from "./checkout.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { type GatherArgs, type Gathered, gather } from "./gather.ts";
import { show } from "./problems.ts";
import type { World } from "./world.ts";

export interface ValidateArgs extends GatherArgs {
  readonly paths: readonly string[];
  readonly format: "text" | "json" | "github" | "sarif";
}

/** Says everything that is wrong with specs, project file and locks, all at once. */
export async function validate(args: ValidateArgs, world: World): Promise<ExitCode> {
  const missing = args.paths.filter((path) => !existsSync(resolve(world.cwd, path)));
  if (missing.length > 0)
    throw new UsageError(`there is no ${missing.join(", ")}`, "paths are files and folders of the project");
  const gathered = await gather(args, [], world);
  const all = gathered.ok ? gathered.warnings : gathered.problems;
  const paths = args.paths.map((path) => relative(world.cwd, resolve(world.cwd, path)).split(sep).join("/"));
  const problems = all.filter(({ at }) => concerns(at.file, paths));
  const failed = problems.some(({ severity }) => severity === "error");
  const format = args.json ? "json" : args.format;

  if (format === "text") show(problems, world);
  else world.print(machineText(await seenFrom(format, problems, world), format, world.process.version).trimEnd());
  if (format === "text" && !args.quiet)
    world.print(verdict(problems, gathered.ok ? specsIn(gathered.value, paths) : undefined));
  return failed ? exit.wrongInput : exit.done;
}

/** What a code host shows beside its lines is named from the top of the repository. */
async function seenFrom(
  format: "json" | "github" | "sarif",
  problems: readonly Problem[],
  { cwd }: World,
): Promise<readonly Problem[]> {
  const place = format === "json" ? "" : await placeOf(cwd);
  return place === ""
    ? problems
    : problems.map((one) => ({ ...one, at: { ...one.at, file: `${place}/${one.at.file}` } }));
}

const specsIn = ({ specs }: Gathered, paths: readonly string[]): number =>
  specs.filter(({ document }) => concerns(document.file, paths)).length;

/** No path at all, or the project's own folder, means every file. */
const concerns = (file: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((path) => path === "" || file === path || file.startsWith(`${path}/`));

function machineText(problems: readonly Problem[], format: "json" | "github" | "sarif", version: string): string {
  switch (format) {
    case "json":
      return problemJson(problems);
    case "github":
      return problemAnnotations(problems);
    case "sarif":
      return problemSarif(problems, version);
  }
}

function verdict(problems: readonly Problem[], specs: number | undefined): string {
  const count = (severity: Problem["severity"], word: string): string[] => {
    const many = problems.filter((problem) => problem.severity === severity).length;
    return many === 0 ? [] : [`${many} ${word}${many === 1 ? "" : "s"}`];
  };
  const found = [...count("error", "error"), ...count("warning", "warning")];
  const checked = specs === undefined ? "" : `${specs} spec${specs === 1 ? "" : "s"} checked`;
  return [checked, ...found].filter((part) => part !== "").join(", ") || "no problems";
}
