#!/usr/bin/env node
import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";
import { exit } from "./commands/exit.ts";
import { collectSoon } from "./io/memory.ts";
import { processWorld, run } from "./process.ts";

/** SIGTERM in CI comes 7.5 s before the end; what is known is written down well before that. Milliseconds. */
const graceAfterSignal = 4_800;

const version: string = createRequire(import.meta.url)("../package.json").version;
const [, , first] = process.argv;
// Asked for by scripts, often: it loads nothing.
if (process.argv.length === 3 && (first === "--version" || first === "-V")) process.stdout.write(`${version}\n`);
else process.exitCode = await main();

async function main(): Promise<number> {
  // Thousands of jobs wait on one signal to end; that is no leak.
  setMaxListeners(0);
  collectSoon();
  const stop = new AbortController();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) process.exit(exit.interrupted);
    stop.abort();
    setTimeout(() => process.exit(exit.interrupted), graceAfterSignal).unref();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // `reelform plan | head` closes our output early: that is the reader's right.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

  const code = await run(process.argv.slice(2), processWorld(stop.signal, version));
  return signals > 0 ? exit.interrupted : code;
}
