import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How a run ended and what it said. `code` is null where a signal ended it. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the built program that may still be at work. */
export interface Running {
  readonly pid: number;
  /** The program and all that it started, as a runner that is switched off ends them. Whoever has ended is left alone. */
  kill(): void;
  /** To the program alone, as a person or a CI system sends it. */
  signal(signal: NodeJS.Signals): void;
  /** To the program and all that it started, as a terminal does. */
  ctrlC(): void;
  readonly ended: Promise<Outcome>;
}

const program = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/** Starts the built program in a process group of its own. What the test's own environment says is not handed down. */
export function start(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`the program could not be started in ${cwd}`);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, stdout, stderr }) as Outcome);
  return {
    pid,
    ended,
    kill: () => send(-pid, "SIGKILL"),
    signal: (signal) => send(pid, signal),
    ctrlC: () => send(-pid, "SIGINT"),
  };
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
