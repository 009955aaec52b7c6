import type { Checked, Problem } from "../model/problem.ts";
import type { Unit } from "../model/unit.ts";
import { mistake } from "./mistake.ts";
import type { Spec } from "./parse.ts";
import type { Pointer } from "./places.ts";
import type { Project } from "./project.ts";
import { type ResolvePorts, resolve } from "./resolve.ts";
import { byPlace } from "./schema.ts";
import { settled } from "./settled.ts";
import { specIdOf } from "./unit-id.ts";

/** Resolves all specs of a project, and sees to it that no two of them are taken for one another. */
export function resolveAll(specs: readonly Spec[], project: Project, ports: ResolvePorts): Checked<readonly Unit[]> {
  const resolved = specs.map((spec) => resolve(spec, project, ports));
  const problems = [
    ...resolved.flatMap((one) => (one.ok ? one.warnings : one.problems)),
    ...rivals(specs, (spec) => specIdOf(spec, project.videos).value, ["id"], sameId),
    ...rivals(specs, lockKey, [], sameLock),
  ];
  return settled([...problems].sort(byPlace), () => resolved.flatMap((one) => (one.ok ? one.value : [])));
}

/** The lockfile a spec would have on a disk that tells neither case nor ways to compose a character apart. */
const lockKey = ({ document }: Spec): string =>
  document.file
    .replace(/\.ya?ml$/, "")
    .normalize("NFC")
    .toLowerCase();

type Say = (key: string, other: string) => { readonly code: string; readonly message: string; readonly hint: string };

const sameId: Say = (key, other) => ({
  code: "duplicate-id",
  message: `the id "${key}" is also that of ${other}`,
  hint: 'give one of them another "id"',
});

const sameLock: Say = (_, other) => ({
  code: "same-lockfile",
  message: `the lockfile of this spec would also be that of ${other}`,
  hint: "rename one of the files",
});

/** A problem at each of the specs that share a key, naming where another says it. */
function rivals(specs: readonly Spec[], keyOf: (spec: Spec) => string, pointer: Pointer, say: Say): readonly Problem[] {
  const groups = new Map<string, Spec[]>();
  for (const spec of specs) {
    const key = keyOf(spec);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [spec]);
    else group.push(spec);
  }
  return [...groups].flatMap(([key, group]) =>
    group.flatMap((spec) => {
      const other = group.find((one) => one !== spec);
      return other === undefined ? [] : [mistake(spec.document, pointer, say(key, place(other, pointer)))];
    }),
  );
}

function place({ document }: Spec, pointer: Pointer): string {
  const { file, line, column } = document.at(pointer);
  return `${file}:${line}:${column}`;
}
