import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Unit, UnitId } from "../model/unit.ts";
import { inList } from "../report/in-list.ts";
import type { Gathered } from "./gather.ts";
import { inCi } from "./run-journal.ts";
import type { CommonArgs, World } from "./world.ts";

/** Whether an address is that of a file in the store's own folder. A lock may come from anybody: only a plain name is. */
export const isKeptHere = (url: string, { store }: Gathered["project"]): boolean =>
  store.to === "directory" && url === `${store.path}/${basename(url)}`;

/** Says which locks name files that are not on this disk. They are looked for by name alone. */
export function tellMissing(
  units: readonly Unit[],
  { locks, project, root }: Gathered,
  { quiet }: Pick<CommonArgs, "quiet">,
  world: World,
): void {
  if (project.store.to !== "directory" || quiet) return;
  const isMissing = ({ id, spec }: Unit): boolean => {
    const entry = locks.get(spec)?.units.get(id);
    // Nobody has to do anything about a poster.
    const outputs = entry?.state === "ready" ? entry.outputs.filter(({ role }) => role !== "poster") : [];
    return outputs.some(({ url }) => isKeptHere(url, project) && !existsSync(join(root, url)));
  };
  const missing: readonly UnitId[] = units.filter(isMissing).map(({ id }) => id);
  if (missing.length === 0) return;
  world.tell(`note: ${project.store.path}/ does not have what these locks name: ${inList(missing)}`);
  world.tell("hint: it may be on another machine; `reelform pull` says of each what to do");
}

/** A runner's disk goes with the runner, and then a lock that says "ready" is all there is. */
export function warnOfRunner(
  { project: { store } }: Gathered,
  { emulate }: Pick<CommonArgs, "emulate">,
  world: World,
): void {
  if (emulate || store.to !== "directory" || store.commit || !inCi(world)) return;
  world.tell(
    `warning finished files go to ${store.path}/ on this runner alone, and are gone with it while their locks say "ready"`,
  );
  world.tell(
    `hint: the project file can name \`store: { to: github-release }\`, or \`{ to: directory, commit: true }\` for runs with --commit; or keep ${store.path}/ as an artifact of this job`,
  );
}
