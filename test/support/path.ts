import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const takers = ["ffmpeg", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];

const made: string[] = [];

/**
 * Tests see a machine without the programs that take pictures out of videos, whatever there is: a run that finds one uses
 * it for every video. Where one lies, a folder with links to all that is beside it stands in the PATH instead.
 */
export function setup(): void {
  const { PATH = "" } = process.env;
  process.env.PATH = PATH.split(delimiter).map(withoutTakers).join(delimiter);
  delete process.env.CHROME_PATH;
}

export function teardown(): void {
  for (const folder of made) rmSync(folder, { recursive: true });
}

function withoutTakers(folder: string): string {
  if (!takers.some((name) => existsSync(join(folder, name)))) return folder;
  const links = mkdtempSync(join(tmpdir(), "reelform-path-"));
  made.push(links);
  const others = readdirSync(folder).filter((name) => !takers.includes(name));
  for (const name of others) symlinkSync(join(folder, name), join(links, name));
  return links;
}
