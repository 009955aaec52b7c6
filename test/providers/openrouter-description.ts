import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Json } from "../../src/model/json.ts";

interface Body {
  readonly content: { readonly [type: string]: { readonly schema: object } };
}
interface Operation {
  readonly requestBody?: Body;
  readonly responses: { readonly [status: string]: Body };
}

const file = new URL("../fixtures/openrouter-openapi-subset.json", import.meta.url);
/** The document says `exclusiveMinimum: true` as OpenAPI 3.0 did, and is one of 3.1. */
const text = readFileSync(file, "utf8").replace(/"minimum": 0,\s*"exclusiveMinimum": true/, '"exclusiveMinimum": 0');
const description = JSON.parse(text);
const paths: { readonly [path: string]: { readonly [method: string]: Operation } } = description.paths;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: "openrouter", components: description.components });

const compiled = new Map<string, ValidateFunction>();
function check(body: Body | undefined, value: Json): readonly string[] {
  const schema = body?.content["application/json"]?.schema;
  if (schema === undefined) return ["is not described"];
  const written = JSON.stringify(schema).replaceAll('"#/components/', '"openrouter#/components/');
  const validate = compiled.get(written) ?? ajv.compile(JSON.parse(written));
  compiled.set(written, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What of a request, or of an answer, is not as OpenRouter's own description has it. */
export function strayings(
  method: string,
  path: string,
  said: { readonly request: Json } | { readonly status: number; readonly answer: Json },
): readonly string[] {
  const operation = paths[path]?.[method.toLowerCase()];
  const name = `${method} ${path}`;
  if ("request" in said) return check(operation?.requestBody, said.request).map((wrong) => `${name} asks: ${wrong}`);
  const wrong = check(operation?.responses[String(said.status)], said.answer);
  return wrong.map((one) => `${name} answers ${said.status}: ${one}`);
}
