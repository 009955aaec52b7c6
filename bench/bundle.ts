import { join } from "node:path";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const built = new Map<string, Promise<string>>();

/** How such a program is run: a child would inherit our own loader of TypeScript, which is a thread and some 25 MB. */
export const plain: string[] = [];

/** One of our programs as plain JavaScript, so that what is measured holds no compiler. Answers where it is. */
export function bundle(program: string): Promise<string> {
  const known = built.get(program) ?? make(program);
  built.set(program, known);
  return known;
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
