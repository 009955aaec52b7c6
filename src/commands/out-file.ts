import { statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { errorCode } from "../io/error-code.ts";
import { UsageError } from "./exit.ts";
import type { World } from "./world.ts";

/** Where `--out` writes. Asked before the work: a run that has paid must not end because a folder is missing. */
export function outFile(named: string | undefined, { cwd }: World): ((text: string) => void) | undefined {
  if (named === undefined) return undefined;
  const path = resolve(cwd, named);
  if (isFolder(path) || !isFolder(dirname(path))) {
    throw new UsageError(`--out ${named}: no file can be written there`, "name a file in a folder that exists");
  }
  return (text) => {
    try {
      writeFileSync(path, text);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      throw new UsageError(`--out ${named} could not be written (${errorCode(error)})`, "the work itself is done");
    }
  };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
