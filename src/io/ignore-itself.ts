import { randomUUID } from "node:crypto";
import { lstatSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Has Git pass a folder over. A `.gitignore` that is there already is left as it is: somebody wanted it so. Ours appears
 * whole or not at all.
 */
export async function ignoreItself(folder: string): Promise<void> {
  const target = join(folder, ".gitignore");
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return;
  const temporary = `${target}.${randomUUID()}.tmp`;
  await writeFile(temporary, "*\n", { flag: "wx" });
  await rename(temporary, target);
}
