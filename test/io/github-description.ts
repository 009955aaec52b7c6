import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Exchange } from "../../src/emulator/github.ts";

type Operation = {
  readonly requestBody?: { readonly content: { readonly "application/json"?: { readonly schema: object } } };
  readonly responses: Readonly<Record<string, Body>>;
};
type Body = {
  readonly $ref?: string;
  readonly content?: { readonly "application/json"?: { readonly schema: object } };
};

const descriptions = ["github-openapi-subset", "github-releases-openapi-subset"].map((name) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8")),
);
const merged = (part: string) => Object.assign({}, ...descriptions.map(({ components }) => components[part]));
const responses: Readonly<Record<string, Body>> = merged("responses");
const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = Object.assign(
  {},
  ...descriptions.map((one) => one.paths),
);

const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false });
formats.default(ajv);
ajv.addFormat("repo.nwo", /^[\w.-]+\/[\w.-]+$/);
ajv.addSchema({ $id: "github", components: { schemas: merged("schemas") } });

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
export function strayings({ method, path, request, status, mediaType, answer }: Exchange): readonly string[] {
  // GraphQL has no such description: the stand-in itself takes what the schema has, and nothing else.
  if (path === "/graphql") return [];
  const name = `${method} ${path}`;
  const operation = operationOf(method, path);
  if (operation === undefined) return [`${name}: no such operation`];
  const wanted = operation.requestBody?.content["application/json"]?.schema;
  const asked = wanted === undefined ? [] : check(wanted, request);
  const response = resolved(operation.responses[String(status)]);
  // Failures of servers and limits are described for no operation.
  if (response === undefined) return status >= 400 ? asked : [`${name}: no answer ${status}`];
  // A file is described nowhere.
  const isFile = status === 200 && mediaType !== undefined && !mediaType.startsWith("application/json");
  const schema = isFile ? undefined : response.content?.["application/json"]?.schema;
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

const resolved = (body: Body | undefined): Body | undefined =>
  body?.$ref === undefined ? body : responses[body.$ref.replace("#/components/responses/", "")];
