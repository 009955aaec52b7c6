import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Who commits where nobody said. */
export const reelform: Identity = { name: "reelform", email: "reelform@users.noreply.github.com" };

/** A text, an object that is there already, or nothing: then the file is taken away. */
export type Content = string | { readonly blob: string } | undefined;

export interface NewCommit {
  /** The first gives the tree that `files` are laid over. */
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, Content>;
  readonly message: string;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Writes a commit, and all that is in it, by one process. No ref says so yet: what nobody names is nobody's news.
 *
 * A commit of a hundred files is hundreds of objects. Above the limit given they stay together as one pack, which is two
 * fsyncs instead of one for each.
 */
export async function writeCommit(repository: GitRepository, commit: NewCommit): Promise<string> {
  const id = await git(repository.top, ["fast-import", "--quiet", "--done", "--date-format=raw"], {
    stdin: stream(repository, commit),
    config: ["fastimport.unpackLimit=24"],
    shielded: true,
  });
  return id.trim();
}

const scratch = "refs/reelform-scratch/commit";

function stream(repository: GitRepository, { parents, files, message, identity, at }: NewCommit): string {
  const [first, ...others] = parents;
  const who = `${plain(identity.name)} <${plain(identity.email)}> ${Math.floor(at / 1000)} +0000`;
  return [
    `commit ${scratch}`,
    "mark :1",
    `author ${who}`,
    `committer ${who}`,
    data(message),
    ...(first === undefined ? [] : [`from ${first}`]),
    ...others.map((parent) => `merge ${parent}`),
    ...[...files].map(([path, content]) => change(quoted(path), content)),
    "",
    // The branch that fast-import wants is forgotten before it would be written.
    `reset ${scratch}`,
    `from ${repository.nullId}`,
    "",
    "get-mark :1",
    "done",
    "",
  ].join("\n");
}

function change(path: string, content: Content): string {
  if (content === undefined) return `D ${path}`;
  return typeof content === "string" ? `M 100644 inline ${path}\n${data(content)}` : `M 100644 ${content.blob} ${path}`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;
const plain = (text: string): string => text.replace(/[<>\n\0]/g, "");
const quoted = (path: string): string => `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
