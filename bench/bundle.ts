import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const built = new Map<string, Promise<string>>();

/** One of our programs as plain JavaScript, so that what is measured holds no compiler. Answers where it is. */
export function bundle(program: string): Promise<string> {
  const known = built.get(program) ?? make(program);
  built.set(program, known);
  return known;
}

/** Starts such a program with what it is to know. It does not inherit our loader of TypeScript: a thread, and some 25 MB. */
export async function start(program: string, setting: object): Promise<ChildProcess> {
  const stdio: StdioOptions = ["ignore", "inherit", "inherit", "ipc"];
  return fork(await bundle(program), [JSON.stringify(setting)], { stdio, execArgv: [] });
}

async function make(program: string): Promise<string> {
  const outfile = join(here, "results", "programs", program.replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [join(here, program)],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
  });
  return outfile;
}
