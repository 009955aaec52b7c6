import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A commit that somebody wants on a branch of a bare repository. */
export interface Wanted {
  readonly branch: string;
  readonly parent: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly additions: readonly { readonly path: string; readonly contents: Buffer }[];
  readonly deletions: readonly string[];
}

export type Made =
  | { readonly kind: "made"; readonly commit: string }
  /** The branch moved on. */
  | { readonly kind: "stale" }
  | { readonly kind: "no-file"; readonly path: string }
  /** A hook of the repository said no, in these words. */
  | { readonly kind: "refused"; readonly words: string };

export interface Bare {
  /** Where a branch is; undefined where there is none. */
  head(branch: string): Promise<string | undefined>;
  /** Makes a commit as GitHub's API does, and brings it to the branch by a push, which the repository's hooks see. */
  commit(wanted: Wanted): Promise<Made>;
}

/** The bare repository of this folder, by the system's Git. */
export function bare(path: string): Bare {
  const git = (args: readonly string[], options: Options = {}): Promise<Answer> => run(path, args, options);
  const text = async (args: readonly string[], options?: Options): Promise<string> => {
    const { code, stdout, stderr } = await git(args, options);
    if (code !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
    return stdout.trimEnd();
  };
  const head: Bare["head"] = async (branch) => {
    const found = await text(["for-each-ref", "--format=%(objectname)", `refs/heads/${branch}`]);
    return found === "" ? undefined : found.split("\n")[0];
  };

  async function treeOf(
    { parent, additions, deletions }: Wanted,
    env: Env,
  ): Promise<string | { readonly lacks: string }> {
    await text(["read-tree", parent], { env });
    for (const file of deletions) {
      const { stdout } = await git(["ls-files", "--", file], { env });
      if (stdout === "") return { lacks: file };
      await text(["update-index", "-z", "--index-info"], { env, stdin: `0 ${"0".repeat(40)}\t${file}\0` });
    }
    for (const { path: file, contents } of additions) {
      const blob = await text(["hash-object", "-w", "--stdin"], { stdin: contents });
      await text(["update-index", "--add", "--cacheinfo", `100644,${blob},${file}`], { env });
    }
    return text(["write-tree"], { env });
  }

  return {
    head,
    async commit(wanted) {
      const { branch, parent } = wanted;
      if ((await head(branch)) !== parent) return { kind: "stale" };
      const index = join(tmpdir(), `reelform-github-${randomUUID()}`);
      try {
        const tree = await treeOf(wanted, { GIT_INDEX_FILE: index });
        if (typeof tree !== "string") return { kind: "no-file", path: tree.lacks };
        const commit = await text(["hash-object", "-t", "commit", "-w", "--stdin"], { stdin: signed(wanted, tree) });
        const pushed = await git(["push", "--porcelain", ".", `${commit}:refs/heads/${branch}`]);
        if (pushed.code === 0) return { kind: "made", commit };
        if (pushed.stdout.includes("[rejected]")) return { kind: "stale" };
        const words = [...pushed.stderr.matchAll(/^remote: *(\S.*)$/gm)].map(([, said = ""]) => said.trim());
        return { kind: "refused", words: words.join("\n") };
      } finally {
        rmSync(index, { force: true });
      }
    },
  };
}

/** GitHub commits in the name of whoever asks, and signs for itself. What stands here for its signature proves nothing. */
function signed({ parent, author, message }: Wanted, tree: string): string {
  const at = `${Math.floor(Date.now() / 1000)} +0000`;
  return [
    `tree ${tree}`,
    `parent ${parent}`,
    `author ${author.name} <${author.email}> ${at}`,
    `committer GitHub <noreply@github.com> ${at}`,
    "gpgsig -----BEGIN PGP SIGNATURE-----",
    " ",
    " bm90IGEgc2lnbmF0dXJl",
    " -----END PGP SIGNATURE-----",
    " ",
    "",
    message,
  ].join("\n");
}

type Env = Readonly<Record<string, string>>;

interface Options {
  readonly env?: Env;
  readonly stdin?: string | Uint8Array;
}

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(path: string, args: readonly string[], { env = {}, stdin = "" }: Options): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [`--git-dir=${path}`, ...args], {
      cwd: path,
      env: { ...process.env, LC_ALL: "C", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (piece: Buffer) => stdout.push(piece));
    child.stderr.on("data", (piece: Buffer) => stderr.push(piece));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") }),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
  });
}
