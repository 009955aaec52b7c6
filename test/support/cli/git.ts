import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs the system's Git as a person would, without that person's own settings; answers what it said, trimmed at the end. */
export async function git(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const { PATH = "" } = process.env;
  const { stdout } = await run("git", [...args], {
    cwd,
    env: { PATH, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C", ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd();
}
