import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Exchange } from "../../src/emulator/github.ts";

type Operation = {
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
  readonly responses: Readonly<Record<string, Body>>;
};
type Body = {
  readonly $ref?: string;
  readonly content?: { readonly "application/json"?: { readonly schema: object } };
};

const file = new URL("../fixtures/github-openapi-subset.json", import.meta.url);
const description = JSON.parse(readFileSync(file, "utf8"));
const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = description.paths;

const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false });
formats.default(ajv);
ajv.addSchema({ $id: "github", components: description.components });

const compiled = new Map<string, ValidateFunction>();
function check(schema: object, value: unknown): readonly string[] {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/');
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
  compiled.set(text, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What of an exchange is not as GitHub's own description has it. */
export function strayings({ method, path, request, status, answer }: Exchange): readonly string[] {
  const name = `${method} ${path}`;
  const operation = operationOf(method, path);
  if (operation === undefined) return [`${name}: no such operation`];
  const wanted = operation.requestBody?.content["application/json"].schema;
  const asked = wanted === undefined ? [] : check(wanted, request);
  const response = resolved(operation.responses[String(status)]);
  // Failures of servers and limits are described for no operation.
  if (response === undefined) return status >= 400 ? asked : [`${name}: no answer ${status}`];
  const schema = response.content?.["application/json"]?.schema;
  const told = schema === undefined ? [] : check(schema, answer);
  return [
    ...asked.map((wrong) => `${name} asks: ${wrong}`),
    ...told.map((wrong) => `${name} answers ${status}: ${wrong}`),
  ];
}

function operationOf(method: string, path: string): Operation | undefined {
  const fits = (template: string): boolean => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
  const template = Object.keys(paths).find((one) => fits(one));
  return template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
}

function resolved(body: Body | undefined): Body | undefined {
  if (body?.$ref === undefined) return body;
  const steps = body.$ref.slice(2).split("/");
  return steps.reduce((part, step) => part[step], description);
}
