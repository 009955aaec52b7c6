import { spawn } from "node:child_process";

/** There is no picture, and why: "took longer than 20 s". */
export class NoPicture extends Error {
  override readonly name = "NoPicture";
}

export interface Command {
  readonly path: string;
  readonly args: readonly string[];
  /** All that the program has of an environment, and the folder that is its home. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

export interface Bounds {
  /** Milliseconds. */
  readonly deadline: number;
  /** Bytes that it may write to its output. */
  readonly most: number;
  readonly stop: AbortSignal;
}

/**
 * What a program writes to its output. It is run without a shell and in a process group of its own, which is killed as a
 * whole when the program takes too long, says too much, or is not wanted any more. Throws NoPicture unless it succeeds.
 */
export function outputOf({ path, args, env, folder }: Command, { deadline, most, stop }: Bounds): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
    const pieces: Buffer[] = [];
    let size = 0;
    let ended: string | undefined;
    const end = (why: string): void => {
      ended ??= why;
      killGroup(child.pid);
      // Something that left the group may still hold the other end.
      child.stdout.destroy();
    };
    const timer = setTimeout(() => end(`took longer than ${deadline / 1000} s`), deadline);
    const stopped = (): void => end("was stopped");
    stop.addEventListener("abort", stopped, { once: true });
    if (stop.aborted) stopped();
    const settle = (): void => {
      clearTimeout(timer);
      stop.removeEventListener("abort", stopped);
    };

    child.stdout.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size > most) end(`wrote more than ${most} bytes`);
      else pieces.push(piece);
    });
    child.on("error", (error) => {
      settle();
      reject(new NoPicture(`cannot be run: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      settle();
      if (ended === undefined && code === 0) resolve(Buffer.concat(pieces));
      else reject(new NoPicture(ended ?? (code === null ? `was ended by ${signal}` : `ended with code ${code}`)));
    });
  });
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
