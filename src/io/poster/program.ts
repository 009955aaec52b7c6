import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { errorCode } from "../error-code.ts";

/** A program of this machine that can take a picture out of a film. */
export interface StillProgram {
  readonly kind: "ffmpeg" | "chrome";
  readonly path: string;
}

const chromes = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];

/**
 * The one that takes the pictures: ffmpeg, which is quicker, or else Chrome. Undefined where neither is there, and on
 * Windows, where a program that hangs could not be ended together with all that it started.
 */
export function findStillProgram(env: Readonly<Record<string, string | undefined>>): StillProgram | undefined {
  if (process.platform === "win32") return undefined;
  const folders = (env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const found = (name: string): string | undefined => folders.map((folder) => join(folder, name)).find(isProgram);
  const ffmpeg = found("ffmpeg");
  if (ffmpeg !== undefined) return { kind: "ffmpeg", path: ffmpeg };
  const named = env.CHROME_PATH ?? "";
  const chrome = isAbsolute(named) && isProgram(named) ? named : chromes.map(found).find((path) => path !== undefined);
  return chrome === undefined ? undefined : { kind: "chrome", path: chrome };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
