import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "../io/error-code.ts";

/** Writes a file that is not there yet. False where something of that name is, which stays as it is. */
export function wroteNew(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return false;
  }
}
