import { isScalar, type Node, type Scalar } from "yaml";
import type { Json } from "../model/json.ts";
import { badCharacter, forbiddenIn } from "./bounds.ts";
import type { Finding, Span } from "./finding.ts";

type Said = Pick<Finding, "code" | "message" | "hint">;

/** What a scalar means in JSON. What JSON cannot hold is reported, and nothing stands in its place. */
export function jsonOf(scalar: Scalar, span: Span, report: (finding: Finding) => void): Json {
  const { value } = scalar;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") {
    const character = forbiddenIn(value);
    if (character !== undefined) report({ ...badCharacter(character), ...span });
    return value;
  }
  if (typeof value !== "number") throw new TypeError(`the core schema has no ${typeof value}`);
  const wrong = wrongNumber(value);
  if (wrong !== undefined) report({ ...wrong, ...span });
  return wrong === undefined ? value : null;
}

function wrongNumber(value: number): Said | undefined {
  if (!Number.isFinite(value)) {
    return { code: "bad-number", message: "the number is not finite", hint: "put it in quotes if it is text" };
  }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return {
      code: "bad-number",
      message: "the number is beyond 2^53 and would lose digits",
      hint: "put it in quotes if it is text",
    };
  }
  return undefined;
}

/** The text of a key. A key that looks like a number or a truth is taken as it is written. */
export function nameOf(key: Node | null): string | undefined {
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** Why a key cannot be taken, if so. */
export function wrongName(name: string | undefined, taken: ReadonlyMap<string, unknown>): Said | undefined {
  if (name === undefined) return { code: "bad-key", message: "a key must be a plain text" };
  if (reserved.has(name)) return { code: "bad-key", message: `the key "${name}" is not allowed` };
  if (name === "<<") {
    return { code: "merge-key", message: "merge keys are not allowed", hint: "write the fields out, or use a matrix" };
  }
  const character = forbiddenIn(name);
  if (character !== undefined) return badCharacter(character);
  return taken.has(name) ? { code: "duplicate-key", message: `duplicate key "${name}"` } : undefined;
}
