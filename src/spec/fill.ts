import type { Refusal } from "../model/input.ts";
import type { Scalar } from "../schema/video.types.ts";
import { didYouMean } from "./mistake.ts";
import { type Placeholder, stepRoles } from "./placeholder.ts";

/** The names a placeholder may use, and what they stand for. There is no other: no environment, no code. */
export interface Scope {
  readonly matrix: ReadonlyMap<string, Scalar>;
  readonly vars: ReadonlyMap<string, Scalar>;
  /** The spec's steps. What they make is not known yet, so their placeholders stay as they are. */
  readonly steps: readonly string[];
}

export type Filled =
  | { readonly kind: "value"; readonly value: Scalar }
  | { readonly kind: "step" }
  /** `word` is the part of the placeholder that is wrong. */
  | { readonly kind: "wrong"; readonly refusal: Refusal; readonly word: string };

const grammar =
  "matrix.x, vars.x or steps.s.video stands between the braces; a text in a file of its own is left as it is";

/** What stands in the place of a placeholder. */
export function fill({ body, text }: Placeholder, scope: Scope): Filled {
  if (body === undefined)
    return wrong(text, { code: "bad-placeholder", message: "${{ is never closed", hint: "close it with }}" });
  const [root = "", name, role, ...rest] = body.split(".");
  if (rest.length > 0 || !/^[\w-]+(\.[\w-]+)*$/.test(body)) return wrong(text, nonsense(text));
  switch (root) {
    case "matrix":
    case "vars":
      if (name === undefined || role !== undefined) return wrong(text, nonsense(text));
      return named(root, name, scope[root]);
    case "steps":
      if (name === undefined || role === undefined) return wrong(text, nonsense(text));
      return output(name, role, scope.steps);
    default:
      return wrong(root, unknownRoot(root));
  }
}

const wrong = (word: string, refusal: Refusal): Filled => ({ kind: "wrong", refusal, word });

const nonsense = (text: string): Refusal => ({
  code: "bad-placeholder",
  message: `${text} is not a placeholder`,
  hint: grammar,
});

function unknownRoot(root: string): Refusal {
  const near = didYouMean(root, ["matrix", "vars", "steps"]);
  const hint = near.hint ?? grammar;
  return { code: "unknown-name", message: `placeholders know no ${JSON.stringify(root)}`, hint };
}

function named(root: "matrix" | "vars", name: string, values: ReadonlyMap<string, Scalar>): Filled {
  const value = values.get(name);
  if (value === undefined) {
    const message = `${root} has no ${JSON.stringify(name)}`;
    return wrong(name, { code: "unknown-name", message, ...didYouMean(name, values.keys()) });
  }
  if (typeof value === "string" && value.includes("${{")) {
    const message = `the value of ${root}.${name} has a placeholder in it, and values are not filled in again`;
    return wrong(name, { code: "nested-placeholder", message });
  }
  return { kind: "value", value };
}

function output(step: string, role: string, steps: readonly string[]): Filled {
  if (!steps.includes(step)) {
    const message = `there is no step ${JSON.stringify(step)}`;
    return wrong(step, { code: "unknown-step", message, ...didYouMean(step, steps) });
  }
  if (!stepRoles.some((known) => known === role)) {
    const message = `a step has no output ${JSON.stringify(role)}`;
    const near = didYouMean(role, stepRoles);
    return wrong(role, {
      code: "unknown-output",
      message,
      hint: near.hint ?? `its outputs are ${stepRoles.join(", ")}`,
    });
  }
  return { kind: "step" };
}
