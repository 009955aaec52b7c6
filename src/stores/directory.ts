import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../io/error-code.ts";
import { ignoreItself } from "../io/ignore-itself.ts";
import { sha256Of } from "../io/sha256.ts";
import { syncFolder } from "../io/write-atomically.ts";
import type { Output } from "../model/output.ts";
import { type Finished, type Store, StoreError } from "../model/store.ts";
import { nameOf } from "./name.ts";

export interface DirectoryOptions {
  /** The repository's root: addresses are relative to it. */
  readonly root: string;
  /** The folder, relative to the root, with forward slashes. */
  readonly path: string;
  /** Whether the files are meant to be committed. Otherwise the folder tells Git to ignore it. */
  readonly commit: boolean;
}

type Found = "file" | "folder" | "other" | "nothing";

async function look(path: string): Promise<Found> {
  try {
    const found = await lstat(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  } catch (error) {
    const code = errorCode(error);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    return "nothing";
  }
}

const holds = async (path: string, sha256: string): Promise<boolean> =>
  (await look(path)) === "file" && (await sha256Of(path)) === sha256;

async function sync(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Copies, verifies what arrived, and only then gives it its name: nobody ever sees half a file. */
async function place(from: string, to: string, sha256: string): Promise<void> {
  const temporary = `${to}.${randomUUID()}.tmp`;
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    if ((await sha256Of(temporary)) !== sha256) throw new StoreError(`${from} is not the file it was`);
    await sync(temporary);
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
}

const segments = (path: string): readonly string[] => {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const outside = path.startsWith("/") || /[\\\0:]/.test(path) || parts.includes("..");
  if (outside || parts.length === 0 || parts.some((part) => part.toLowerCase() === ".git"))
    throw new StoreError(`the store's path must be a folder inside the repository, and ${path} is none`);
  return parts;
};

/** Keeps outputs in a folder of the repository, and writes nowhere else, whatever links lie in the way. */
export function directoryStore({ root, path, commit }: DirectoryOptions): Store {
  const parts = segments(path);
  const folder = join(root, ...parts);
  const address = (name: string): string => [...parts, name].join("/");

  /** Goes down one level at a time: a link on the way would lead us out of the repository. */
  async function descend(missing: (level: string) => Promise<unknown>): Promise<void> {
    let level = root;
    for (const part of parts) {
      level = join(level, part);
      const found = await look(level);
      if (found === "nothing") await missing(level);
      else if (found !== "folder") throw new StoreError(`${level} is not a plain folder, so nothing is kept there`);
    }
  }

  /** Where a kept output lies; undefined for an address that is not one of ours, whoever wrote it into a lock. */
  async function pathOf({ url }: Output): Promise<string | undefined> {
    const name = url.slice(url.lastIndexOf("/") + 1);
    if (url !== address(name) || !/^\w[\w.-]*$/.test(name)) return undefined;
    for (let depth = 1; depth <= parts.length; depth++)
      if ((await look(join(root, ...parts.slice(0, depth)))) !== "folder") return undefined;
    return join(folder, name);
  }

  return {
    prepare: () => descend(async () => {}),
    isPublic: async () => false,
    async put(file: Finished) {
      await descend((level) => mkdir(level, { recursive: true }));
      if (!commit) await ignoreItself(folder);
      const name = nameOf(file);
      const target = join(folder, name);
      if (!(await holds(target, file.sha256))) await place(file.path, target, file.sha256);
      syncFolder(folder);
      return address(name);
    },
    async has(output) {
      const kept = await pathOf(output);
      return kept !== undefined && (await holds(kept, output.sha256));
    },
    async get(output, to) {
      const kept = await pathOf(output);
      if (kept === undefined || !(await holds(kept, output.sha256)))
        throw new StoreError(`${output.url} is gone, or is not what was kept there`);
      await place(kept, to, output.sha256);
    },
  };
}
