import type { GitRepository } from "./repository.ts";
import { git } from "./run.ts";

/**
 * Settings under which Git runs no filter program on these paths, whatever `.gitattributes` asks for: a lockfile is
 * committed as it was written, and a checkout cannot make us run what it names.
 */
export async function withoutFilters(repository: GitRepository, paths: readonly string[]): Promise<readonly string[]> {
  const answer = await git(repository.top, ["check-attr", "-z", "--stdin", "filter"], { stdin: paths.join("\0") });
  const values = answer.split("\0").filter((_field, index) => index % 3 === 2);
  const drivers = new Set(values.filter((value) => /^[\w.-]+$/.test(value) && !plain.includes(value)));
  return [...drivers].flatMap((driver) => [
    `filter.${driver}.clean=`,
    `filter.${driver}.smudge=`,
    `filter.${driver}.process=`,
    `filter.${driver}.required=false`,
  ]);
}

const plain = ["unspecified", "unset", "set"];
