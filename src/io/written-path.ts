import { posix } from "node:path";
import type { Answer, Refusal } from "../model/input.ts";
import type { RepoPath } from "../model/unit.ts";

const refuse = (message: string, hint: string): Answer<never> => ({
  ok: false,
  refusal: { code: "unsafe-path", message, hint },
});

/** Where a path written in `from` leads, as text. Whether it stays in the repository is for the disk to say. */
export function follow(from: RepoPath, written: string): Answer<RepoPath> {
  const hint = "write it relative to this file, with forward slashes";
  if (written.trim() === "") return refuse("the path is empty", hint);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no honest path has a control character
  if (/[\0-\x1f\x7f]/.test(written)) return refuse("the path has a control character in it", hint);
  if (written.includes("\\")) return refuse("the path has a backslash in it", hint);
  if (/^[a-z][a-z0-9+.-]*:/i.test(written)) return refuse(`${JSON.stringify(written)} is not a path`, hint);
  if (written.startsWith("/")) return refuse("the path is absolute", hint);
  if (written.startsWith("~")) return refuse("the path begins with ~", hint);
  return { ok: true, value: posix.join(posix.dirname(from), written) as RepoPath };
}

/** Tells why a file of the repository is closed to somebody. `path` is relative to the repository's root. */
export type Closed = (path: string) => Refusal | undefined;

/** Hidden files are nobody's: keys are kept in them, and Git itself. */
export const hidden: Closed = (path) => {
  const name = partsOf(path).find((part) => part.startsWith("."));
  if (name === undefined) return undefined;
  return {
    code: "off-limits",
    message: `${JSON.stringify(name)} is hidden, and hidden files and folders (.git, .env …) are never read`,
    hint: "move the file to a folder whose name does not begin with a dot",
  };
};

/** What a spec may not name: hidden files, and what we write ourselves. */
export const noInput: Closed = (path) =>
  partsOf(path).at(-1)?.endsWith(".lock.json") === true
    ? { code: "off-limits", message: "a lockfile is not an input" }
    : hidden(path);

const partsOf = (path: string): readonly string[] => path.split(/[/\\]/).map(plain);

/** A name as a forgiving disk would read it: macOS ignores some characters and case, Windows a last dot or space. */
const plain = (part: string): string =>
  part
    .normalize("NFC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
    .toLowerCase()
    .replace(/(?<=.)[. ]+$/, "");
