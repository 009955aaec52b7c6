import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Refusal } from "../model/input.ts";
import type { Problem } from "../model/problem.ts";
import type { RepoPath } from "../model/unit.ts";
import { errorCode } from "./error-code.ts";
import { utf8 } from "./media-type.ts";
import type { Repository } from "./repository.ts";
import { insideOf, readSafely } from "./safe-file.ts";
import { hidden } from "./written-path.ts";

/** Many times what the largest lockfile needs. Specs are held to less by their parser. */
const mostBytes = 32 * 1024 * 1024;

export interface SourceFile {
  readonly file: RepoPath;
  readonly text: string;
}

export interface SourceFiles {
  /** In the order of their paths. */
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every spec below the videos folder (relative to the project's). Hidden files and links are not specs: a spec
 * that is found under two names would be paid for twice.
 */
export function readSpecs(repository: Repository, videos: string): SourceFiles {
  const top = topOf(videos);
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  const folders: string[] = [];
  const place = placeOf(repository, top);
  if (place === "inside" && isFolder(resolve(repository.project, top))) folders.push(top);
  else if (place === "inside") problems.push(about(top, "error", noFolder));
  if (place === "outside") problems.push(about(top, "error", outside));
  for (const folder of folders) {
    for (const entry of entriesOf(repository, folder)) {
      const file = `${folder}/${entry.name}` as RepoPath;
      if (entry.kind === "folder") folders.push(file);
      else if (entry.kind === "link") problems.push(about(file, "warning", linked));
      else collect(readSource(repository, file));
    }
  }
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), problems };

  function collect(read: ReadSource): void {
    if (!read.ok) problems.push(read.problem);
    else if (read.value !== undefined) files.push(read.value);
  }
}

/**
 * Reads every lockfile below the videos folder. What has a lockfile's name and is none that can be read and replaced is
 * an error: passing it over would be paying again.
 */
export function readLocks(repository: Repository, videos: string): SourceFiles {
  const top = topOf(videos);
  if (!isFolder(resolve(repository.project, top))) return { files: [], problems: [] };
  const read = readdirSync(resolve(repository.project, top), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith(".lock.json"))
    .map((entry): ReadSource => {
      const path = relative(repository.project, join(entry.parentPath, entry.name)).split(sep).join("/") as RepoPath;
      return entry.isFile() ? readSource(repository, path) : { ok: false, problem: about(path, "error", noPlainFile) };
    });
  return {
    files: read.flatMap((one) => (one.ok && one.value !== undefined ? [one.value] : [])),
    problems: read.flatMap((one) => (one.ok ? [] : [one.problem])),
  };
}

const topOf = (videos: string): RepoPath => videos.replace(/^(\.\/)+/, "").replace(/\/+$/, "") as RepoPath;

const noPlainFile = {
  code: "lock-not-a-file",
  message: "a lockfile is a plain file, no folder and no link",
  hint: "put the file itself here, or take this away",
};
const outside = { code: "outside-repository", message: "the videos folder is not inside the repository" };
const noFolder = { code: "not-a-folder", message: "the videos folder is a file", hint: "name the folder it is in" };
const linked = { code: "linked-spec", message: "links are not followed to specs", hint: "copy the file or the folder" };

interface Entry {
  readonly name: string;
  readonly kind: "spec" | "folder" | "link";
}

function entriesOf(repository: Repository, folder: string): readonly Entry[] {
  const path = resolve(repository.project, folder);
  return readdirSync(path, { withFileTypes: true }).flatMap((entry): readonly Entry[] => {
    const { name } = entry;
    if (name.startsWith(".")) return [];
    if (entry.isDirectory()) return [{ name, kind: "folder" }];
    const spec = /\.ya?ml$/.test(name);
    if (!entry.isSymbolicLink()) return spec ? [{ name, kind: "spec" }] : [];
    const hides = spec || isFolder(join(path, name));
    return hides ? [{ name, kind: "link" }] : [];
  });
}

/** Whether a link leads to a folder; one that leads nowhere, or in a circle, does not. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

function placeOf(repository: Repository, folder: string): "inside" | "outside" | "nowhere" {
  try {
    const root = realpathSync.native(repository.root);
    const real = realpathSync.native(resolve(repository.project, folder));
    return insideOf(root, real) === undefined ? "outside" : "inside";
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return "nowhere";
  }
}

export type ReadSource =
  | { readonly ok: true; readonly value: SourceFile | undefined }
  | { readonly ok: false; readonly problem: Problem };

/** Reads one file of ours (a spec, the project file, a lockfile); undefined when there is none. */
export function readSource(repository: Repository, file: RepoPath): ReadSource {
  const read = readSafely(repository, file, mostBytes, hidden);
  if (!read.ok) {
    if (read.refusal.code === "file-not-found") return { ok: true, value: undefined };
    return { ok: false, problem: about(file, "error", read.refusal) };
  }
  const text = utf8(read.value.bytes);
  if (text !== undefined) return { ok: true, value: { file, text } };
  return { ok: false, problem: about(file, "error", { code: "not-text", message: "not a text in UTF-8" }) };
}

const about = (file: RepoPath, severity: Problem["severity"], refusal: Refusal): Problem => ({
  ...refusal,
  severity,
  at: { file, line: 1, column: 1, length: 1 },
});
