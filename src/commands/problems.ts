import type { Problem } from "../model/problem.ts";
import { problemText } from "../report/problem-text.ts";
import { type ExitCode, exit } from "./exit.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

/** Shows everything that is wrong with the project's files, and what it comes to. */
export function refuse(problems: readonly Problem[], world: World): ExitCode {
  show(problems, world);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  world.tell(`${errors} ${errors === 1 ? "error" : "errors"}; nothing was submitted and nothing was changed`);
  return exit.wrongInput;
}

export function show(problems: readonly Problem[], world: World): void {
  const style = { ...styleOf(world), colour: world.terminal.problemColour };
  for (const problem of problems) world.tell(problemText(problem, style));
}
