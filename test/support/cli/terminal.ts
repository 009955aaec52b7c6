import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Stage } from "./stage.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/**
 * Runs the built program in a terminal of its own, which util-linux's `script` makes, and answers what the terminal was
 * sent. The line is one of a shell: it may send a stream elsewhere. However the program ends is no matter.
 */
export async function inTerminal(
  videos: Stage,
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { PATH = "" } = process.env;
  const command = `'${process.execPath}' '${program}' ${line}`;
  const { stdout } = await run("script", ["--quiet", "--command", command, "/dev/null"], {
    cwd: videos.path,
    env: { PATH, HOME: videos.path, SHELL: "/bin/sh", TERM: "xterm-256color", GIT_CONFIG_NOSYSTEM: "1", ...env },
  });
  return stdout.replaceAll("\r\n", "\n");
}
