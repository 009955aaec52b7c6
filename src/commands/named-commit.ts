import { runGit } from "../io/git/run.ts";
import { UsageError } from "./exit.ts";

/** The commit that a flag names. */
export async function commitNamed(flag: string, ref: string, project: string): Promise<string> {
  const found = ref.startsWith("-")
    ? undefined
    : await runGit(project, ["rev-parse", "-q", "--verify", `${ref}^{commit}`]);
  if (found?.code === 0) return found.stdout.toString("utf8").trim();
  throw new UsageError(`${flag} ${ref}: there is no such commit here`, "in CI, check out with the whole history");
}
