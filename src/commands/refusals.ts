import type { RefusedField } from "../model/event.ts";
import type { Problem } from "../model/problem.ts";
import type { Unit, UnitId } from "../model/unit.ts";
import type { Spec } from "../spec/parse.ts";
import type { Gathered } from "./gather.ts";

/** A provider's complaints about fields, each where its author wrote the field. */
export function refusals(
  refused: ReadonlyMap<UnitId, readonly RefusedField[]>,
  gathered: Gathered,
): readonly Problem[] {
  const specs = new Map(gathered.specs.map((spec) => [spec.document.file, spec]));
  return gathered.units.flatMap((unit) => {
    const spec = specs.get(unit.spec);
    return spec === undefined ? [] : (refused.get(unit.id) ?? []).map((field) => problem(unit, spec, field));
  });
}

function problem(unit: Unit, { document, written }: Spec, { path, message }: RefusedField): Problem {
  const top = written.steps === undefined ? ["with"] : ["steps", unit.step, "with"];
  const at = document.at([...top, ...path]);
  return {
    code: "refused-by-provider",
    severity: "error",
    message: `${unit.provider} refuses ${path.join(".") || "the request"} of ${unit.id}: ${message}`,
    at,
    ...(document.lineOf(at) === undefined ? {} : { sourceLine: document.line(at.line) }),
    hint: "nothing was billed for it; mend the spec and run again",
  };
}
