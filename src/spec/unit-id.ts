import type { Problem } from "../model/problem.ts";
import type { RepoPath, SpecId, UnitId } from "../model/unit.ts";
import { mistake } from "./mistake.ts";
import type { Spec } from "./parse.ts";
import type { OrderedStep } from "./step-order.ts";
import { soleStep } from "./steps.ts";

const shape = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;

/** Whether a video may have this name. */
export const isSpecId = (id: string): boolean => shape.test(id) && id.length <= 200;

export interface Named {
  readonly value: SpecId;
  readonly problems: readonly Problem[];
}

/** What a spec is called everywhere: its own `id`, or its path below the videos folder. */
export function specIdOf({ document, written }: Spec, videos: string): Named {
  const id = (written.id ?? idOfPath(document.file, videos)) as SpecId;
  if (isSpecId(id)) return { value: id, problems: [] };
  const message = `${JSON.stringify(id)} cannot be the name of a video`;
  const refusal = { code: "unfit-path", message, hint: 'rename the file, or give the spec an "id"' };
  return { value: id, problems: [mistake(document, [], refusal)] };
}

function idOfPath(file: RepoPath, videos: string): string {
  const folder = `${videos.replace(/^(\.\/)+/, "").replace(/\/+$/, "")}/`;
  const below = file.startsWith(folder) ? file.slice(folder.length) : file;
  return below.replace(/\.ya?ml$/, "");
}

/** `intro`, `intro@es`, `intro@es#describe`: the step only where it tells something. */
export function unitId(spec: SpecId, cell: string | undefined, step: string, steps: readonly OrderedStep[]): UnitId {
  const alone = steps.length === 1 && step === soleStep;
  return `${spec}${cell === undefined ? "" : `@${cell}`}${alone ? "" : `#${step}`}` as UnitId;
}
