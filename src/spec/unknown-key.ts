import { isObject } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import type { SchemaError } from "../model/schema.ts";
import type { Said } from "./choice.ts";
import type { Pointer } from "./places.ts";
import { listed } from "./show.ts";

/** More names than this are no help in one line. */
const fewNames = 8;

/** Somebody wrote a key that is not known here: most likely a slip of the finger. */
export function unknownKey({ params, parentSchema }: SchemaError): Said & { readonly below: Pointer } {
  const key = String(params.additionalProperty ?? params.unevaluatedProperty);
  const hint = hintFor(key, isObject(parentSchema) && isObject(parentSchema.properties) ? parentSchema.properties : {});
  return {
    code: "unknown-key",
    message: `unknown key "${key}"`,
    below: [key],
    ...(hint === undefined ? {} : { hint }),
  };
}

function hintFor(key: string, properties: { readonly [name: string]: unknown }): string | undefined {
  const names = Object.keys(properties);
  const meant = nearest(key, names);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if ("extra" in properties) return "a field that the provider knows and this schema does not goes under extra";
  return names.length > 0 && names.length <= fewNames
    ? `known here: ${listed(names).replace(/ or /, " and ")}`
    : undefined;
}
