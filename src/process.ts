import { diskTrouble } from "./commands/disk-trouble.ts";
import { exit, UsageError } from "./commands/exit.ts";
import type { World } from "./commands/world.ts";
import { systemClock } from "./io/clock.ts";
import { sanitizeFor } from "./report/escape.ts";

/** Runs one command line. Whatever goes wrong is told here, and is an exit code. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    const { program } = await import("./commands/program.ts");
    return await program(argv, world);
  } catch (error) {
    if (error instanceof UsageError) {
      // What a signal broke off did not fail, and nobody has anything to mend.
      if (world.stop.aborted) world.tell(`interrupted: ${error.message}`);
      else world.tell(`error ${error.message}${error.hint === undefined ? "" : `\nhint: ${error.hint}`}`);
      return error.code;
    }
    const trouble = diskTrouble(error);
    if (trouble !== undefined) {
      world.tell(`error ${trouble}`);
      world.tell(`hint: nothing that was paid for is lost; mend the disk and run ${sameAgain(argv)}`);
      return exit.failed;
    }
    const stack = error instanceof Error ? error.stack : String(error);
    world.tell(
      `reelform ${world.process.version} failed in a way it should not have. Nothing that was paid for is lost: run ${sameAgain(argv)}.`,
    );
    world.tell(`Please report this, with the lines below, where you got reelform from.\n\n${stack}`);
    return exit.bug;
  }
}

/** What was begun of a replacement is in the lock; to ask for it once more would be to ask for one more. */
const sameAgain = (argv: readonly string[]): string =>
  argv.some((word) => word.startsWith("--replace"))
    ? "the same command again, without --replace"
    : "the same command again";

/** The process as commands may know it. */
export function processWorld(stop: AbortSignal, version: string): World {
  const { env } = process;
  const ci = env.CI !== undefined && env.CI !== "" && env.CI !== "false";
  const colours = (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
  // Its log obeys commands wherever they stand, in names and in the words of others too.
  const inJob = env.GITHUB_ACTIONS === "true";
  const live = process.stderr.isTTY === true && !ci && env.TERM !== "dumb";
  return {
    cwd: process.cwd(),
    env,
    // JSON stays what it is: only in its texts can this stand, and there it is an escape.
    print: (text) => void process.stdout.write(`${inJob ? text.replaceAll("##[", "##\\u005b") : text}\n`),
    tell: (text) => void process.stderr.write(`${inJob ? sanitizeFor("actions", text) : text}\n`),
    terminal: {
      interactive: process.stdin.isTTY === true && process.stderr.isTTY === true && !ci,
      live,
      colour: process.stdout.isTTY === true && colours,
      problemColour: process.stderr.isTTY === true && colours,
      // A terminal that does not tell its size says 0.
      columns: process.stdout.columns > 0 ? process.stdout.columns : 100,
    },
    time: {
      clock: systemClock,
      random: Math.random,
    },
    stop,
    process: { pid: process.pid, version },
    confirm: async (question) => {
      const { createInterface } = await import("node:readline/promises");
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const answer = await lines.question(`${question} [y/N] `, { signal: stop }).catch(() => "");
      lines.close();
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}
