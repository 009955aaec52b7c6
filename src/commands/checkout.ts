import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { GitError } from "../io/git/error.ts";
import { type GitRepository, openRepository } from "../io/git/repository.ts";

/** The repository around a folder; undefined outside of one, and where Git refuses to look. */
export async function checkoutAt(folder: string): Promise<GitRepository | undefined> {
  try {
    return await openRepository(folder);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return undefined;
  }
}

/**
 * Whose comment it is: that of the project in this folder, so that the projects of one repository have one each. What is
 * named goes before; the project in the top folder is `default`.
 */
export async function scopeOf(named: string | undefined, folder: string): Promise<string> {
  if (named !== undefined && named !== "") return named;
  const place = await placeOf(folder);
  return place === "" ? "default" : place;
}

/** A folder as seen from the top of its repository; empty at the top, and outside of one. */
export async function placeOf(folder: string): Promise<string> {
  const git = await checkoutAt(folder);
  return git === undefined ? "" : relative(realpathSync(git.top), realpathSync(folder)).split(sep).join("/");
}
