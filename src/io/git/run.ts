import { spawn } from "node:child_process";
import { clean, GitError } from "./error.ts";

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** The user's own hooks run. Only where Git does what the user would have typed: a commit, a push of a branch. */
  readonly hooks?: boolean;
  readonly config?: readonly string[];
  /**
   * Out of reach of a Ctrl-C in the terminal, which goes to every process of ours: what is being written is finished. Not
   * for what may have to ask a person for a password, because it has no terminal either.
   */
  readonly shielded?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which Git is ended. */
  readonly deadline?: number;
}

/** A call over the network that takes longer than this has lost its peer. Milliseconds. */
export const networkDeadline = 120_000;

const outputCap = 256 * 1024 * 1024;
const stderrCap = 64 * 1024;

/** Nothing that a checkout or a remote brings along may run, nothing may outlive us, and what is written is on the disk. */
const settings = [
  "core.fsmonitor=false",
  "protocol.ext.allow=never",
  "core.fsync=committed,loose-object,reference",
  "core.fsyncMethod=fsync",
  "core.fsyncObjectFiles=true", // what Git before 2.36 knows instead of core.fsync
  "core.filesRefLockTimeout=2000",
  "gc.auto=0",
  "maintenance.auto=false",
];

/** Set when we are started by a hook. The repository is the one whose folder is named, whatever the environment says. */
const elsewhere = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_COMMON_DIR",
  "GIT_INDEX_FILE",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !elsewhere.includes(name));
  return { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...extra };
}

/** Runs Git in `dir`, without a shell, and answers whatever it said. Throws a GitError when it cannot be run at all. */
export function runGit(dir: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const hooks = options.hooks === true ? [] : ["core.hooksPath=/dev/null"];
  const flags = [...settings, ...hooks, ...(options.config ?? [])].flatMap((setting) => ["-c", setting]);
  const command = args[0] ?? "";

  return new Promise((resolve, reject) => {
    const child = spawn("git", [...flags, ...args], {
      cwd: dir,
      env: environment(options.env ?? {}),
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
      detached: options.shielded === true,
      ...(options.deadline === undefined ? {} : { timeout: options.deadline }),
    });
    const stop = () => child.kill();
    options.signal?.addEventListener("abort", stop, { once: true });
    if (options.signal?.aborted === true) stop();

    const out: Buffer[] = [];
    let size = 0;
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputCap) stop();
      else out.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-stderrCap);
    });
    // Git may end before it has read everything; its exit code says what that means.
    child.stdin.on("error", () => {});
    child.stdin.end(options.stdin ?? "");

    child.on("error", (error) => {
      options.signal?.removeEventListener("abort", stop);
      reject(new GitError(command, -1, `cannot be run in ${dir}: ${error.message}`, { cause: error }));
    });
    child.on("close", (code, signal) => {
      options.signal?.removeEventListener("abort", stop);
      if (size > outputCap) reject(new GitError(command, -1, `said more than ${outputCap} bytes`));
      else if (code === null) resolve({ code: -1, stdout: Buffer.concat(out), stderr: `${said}ended by ${signal}` });
      else resolve({ code, stdout: Buffer.concat(out), stderr: said });
    });
  });
}

/** Runs Git and answers its output as text. Throws a GitError unless it succeeds. */
export async function git(dir: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await gitBytes(dir, args, options)).toString("utf8");
}

export async function gitBytes(dir: string, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const answer = await runGit(dir, args, options);
  if (answer.code !== 0) throw new GitError(args[0] ?? "", answer.code, answer.stderr);
  return answer.stdout;
}

export const words = (answer: GitAnswer): string => {
  const said = clean(answer.stderr);
  return said === "" ? `git ended with code ${answer.code}` : said;
};
