import { setMaxListeners } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { action } from "./commands/action.ts";
import { textIfThere } from "./commands/named-file.ts";
import { processWorld, run } from "./process.ts";
import { sanitizeFor } from "./report/escape.ts";

/** The GitHub Action: bundled into one file, so that a runner needs nothing but Node. */
const version: string = createRequire(import.meta.url)("../../package.json").version;

setMaxListeners(0);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const { env } = process;
const input = (name: string): string => env[`INPUT_${name}`] ?? "";
const token = input("GITHUB-TOKEN");
const world = processWorld(stop.signal, version);
const here = {
  ...world,
  cwd: resolve(input("WORKING-DIRECTORY") || "."),
  env: { ...env, ...(token === "" ? {} : { GITHUB_TOKEN: token }) },
};

process.exitCode = await action({
  env: here.env,
  folder: mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "reelform-")),
  print: here.print,
  project: here.cwd,
  append: (path, text) => appendFileSync(path, text),
  read: (path) => textIfThere(path, (file) => readFileSync(file, "utf8")),
  run: async (argv) => {
    const printed: string[] = [];
    const quiet = argv.includes("--json") || argv.includes("--format=matrix") || argv.includes("--format=github");
    const print = (text: string): void => {
      printed.push(text);
      if (!quiet) here.print(sanitizeFor("actions", text));
    };
    const code = await run(argv, { ...here, print });
    return { code, printed: printed.join("\n") };
  },
});
