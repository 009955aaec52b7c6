import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gather } from "../../src/commands/gather.ts";
import { formatLock } from "../../src/lock/format.ts";
import { lockPath } from "../../src/lock/path.ts";
import type { Ready } from "../../src/model/lock.ts";
import type { Unit } from "../../src/model/unit.ts";
import { processWorld } from "../../src/process.ts";
import { git, openHome } from "./world.ts";

const spec = (index: number): string => `title: Film ${index}
provider: golpo
with:
  prompt: |
    Film ${index} tells how the tides rise and fall, and why there are two of them on most days.
    ${"The camera follows the water along the coast and stays with the people who live there. ".repeat(8)}
  timing: "1"
`;

const ready = ({ digest, take, fields, provider, metadata, id }: Unit): Ready => ({
  ...{ state: "ready", origin: "generated", digest, take, fields, provider, metadata },
  job: { id: `job-${id}`, video: `video-${id}` },
  submittedAt: "2026-11-20T10:00:00Z",
  completedAt: "2026-11-20T10:02:00Z",
  outputs: [{ role: "video", mediaType: "video/mp4", sha256: "0".repeat(64), bytes: 1, url: `out/${id}.mp4` }],
});

/** A repository with so many specs of about 1 KB, all made and locked. Answers where it is. */
export async function corpus(specs: number): Promise<string> {
  const { repository } = await openHome(false);
  const { top } = repository;
  for (let index = 0; index < specs; index += 1) writeFileSync(join(top, `videos/film-${index}.yaml`), spec(index));
  const args = { dir: ".", config: undefined, emulate: false, json: false, quiet: true, verbose: false };
  const world = processWorld(new AbortController().signal, "bench");
  const gathered = await gather(args, [], { ...world, cwd: top });
  if (!gathered.ok) throw new Error(gathered.problems.map(({ message }) => message).join("; "));
  for (const unit of gathered.value.units) {
    const units = new Map([[unit.id, ready(unit)]]);
    writeFileSync(join(top, lockPath(unit.spec)), formatLock({ source: undefined, units }));
  }
  git(top, "add", "--all");
  git(top, "commit", "--quiet", "--message", "all made");
  return top;
}
