import { isObject, type Json } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import type { Document } from "./document.ts";
import type { Pointer } from "./places.ts";
import { looksSecret, namesSecret } from "./secret-shape.ts";

/** Keys and tokens that stand in a file. What they are is not repeated, so there is no source line. */
export function secretsIn(document: Document): readonly Problem[] {
  return secrets(document.value, []).map(({ pointer, part }) => ({
    code: "secret-in-file",
    severity: "error",
    message:
      part === "key" ? `a secret does not belong in a file: "${pointer.at(-1)}"` : "this looks like a secret key",
    at: document.at(pointer, part),
    hint: `remove it and set ${variablesFor(document.value, pointer)} in the environment; a key that was committed must be replaced`,
  }));
}

interface Secret {
  readonly pointer: Pointer;
  readonly part: "key" | "value";
}

function secrets(value: Json, pointer: Pointer): readonly Secret[] {
  if (typeof value === "string") return looksSecret(value) ? [{ pointer, part: "value" }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => secrets(item, [...pointer, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...pointer, key];
    return namesSecret(key) ? [{ pointer: here, part: "key" as const }] : secrets(inner, here);
  });
}

const keyVariables: ReadonlyMap<string, string> = new Map([
  ["golpo", "GOLPO_API_KEY"],
  ["viddyscribe", "VIDDYSCRIBE_API_KEY"],
  ["nanogpt", "NANOGPT_API_KEY"],
  ["photogpt", "PHOTOGPT_API_KEY"],
  ["openrouter", "OPENROUTER_API_KEY"],
]);

/** The variable that holds what was written: told by the provider around it. */
function variablesFor(root: Json, pointer: Pointer): string {
  let around: Json | undefined = root;
  let found: string | undefined;
  for (const step of pointer) {
    if (isObject(around) && typeof around.provider === "string") found = keyVariables.get(around.provider) ?? found;
    found = keyVariables.get(String(step)) ?? found;
    if (step === "store") return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or GITHUB_TOKEN,";
    around = isObject(around) || Array.isArray(around) ? (around as { [key: string]: Json })[String(step)] : undefined;
  }
  return found ?? "the provider's variable (GOLPO_API_KEY, OPENROUTER_API_KEY, …)";
}
