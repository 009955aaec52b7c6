import { choicesOf, noBranch, type Said, typesOf, wrongChoice, wrongTag, wrongType } from "./choice.ts";
import type { Complaint } from "./complaint.ts";
import type { Part, Pointer } from "./places.ts";
import { show } from "./show.ts";
import { unknownKey } from "./unknown-key.ts";

interface Standard extends Said {
  readonly pointer: Pointer;
  readonly part: Part;
}

/** What we say of a complaint where its schema says nothing, and where the complaint belongs. */
export function standard(complaint: Complaint): Standard {
  const { instancePath, propertyName } = complaint.error;
  const pointer = pointerOf(instancePath);
  if (propertyName !== undefined) {
    return { ...ofValue(complaint), code: "bad-key", pointer: [...pointer, propertyName], part: "key" };
  }
  const ofKey = aboutKey(complaint);
  if (ofKey === undefined) return { ...ofValue(complaint), pointer, part: "value" };
  const { below, ...said } = ofKey;
  const part = complaint.error.keyword === "discriminator" && below.length > 0 ? "value" : "key";
  return { ...said, pointer: [...pointer, ...below], part };
}

/** Complaints that are about a key, there or missing. `below` leads from the value to that key. */
function aboutKey({ error }: Complaint): (Said & { readonly below: Pointer }) | undefined {
  const { params } = error;
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
      return unknownKey(error);
    case "required":
      return { code: "missing-key", message: `missing "${params.missingProperty}"`, below: [] };
    case "dependentRequired": {
      const message = `"${params.property}" needs "${params.missingProperty}"`;
      return { code: "missing-key", message, below: [String(params.property)] };
    }
    case "discriminator":
      return wrongTag(error);
    case "false schema":
      return { code: "not-allowed", message: "is not allowed here", below: [] };
    default:
      return undefined;
  }
}

function ofValue(complaint: Complaint): Said {
  const { error } = complaint;
  switch (error.keyword) {
    case "type":
      return wrongType(typesOf(error.params.type), error.data);
    case "enum":
    case "const":
      return wrongChoice(choicesOf(error.params), error.data);
    case "anyOf":
    case "oneOf":
      return noBranch(complaint);
    default:
      return {
        code: "bad-value",
        message: limits[error.keyword]?.(error.params, error.data) ?? error.message ?? "is not valid",
      };
  }
}

type Params = { readonly [name: string]: unknown };

const count = (limit: unknown, what: string): string => `${limit} ${what}${limit === 1 ? "" : "s"}`;

const limits: { readonly [keyword: string]: (params: Params, data: unknown) => string } = {
  pattern: (_, data) => `${show(data)} is not written as it should be`,
  format: ({ format }, data) => `${show(data)} is not a ${format}`,
  minLength: ({ limit }) => (limit === 1 ? "must not be empty" : `must have at least ${count(limit, "character")}`),
  maxLength: ({ limit }) => `must have at most ${count(limit, "character")}`,
  minimum: ({ limit }, data) => `must be at least ${limit}, not ${show(data)}`,
  maximum: ({ limit }, data) => `must be at most ${limit}, not ${show(data)}`,
  exclusiveMinimum: ({ limit }, data) => `must be more than ${limit}, not ${show(data)}`,
  exclusiveMaximum: ({ limit }, data) => `must be less than ${limit}, not ${show(data)}`,
  multipleOf: ({ multipleOf }, data) => `must be a multiple of ${multipleOf}, not ${show(data)}`,
  minItems: ({ limit }) => (limit === 1 ? "must not be empty" : `must have at least ${count(limit, "item")}`),
  maxItems: ({ limit }) => `must have at most ${count(limit, "item")}`,
  minProperties: ({ limit }) => (limit === 1 ? "must not be empty" : `must have at least ${count(limit, "key")}`),
  maxProperties: ({ limit }) => `must have at most ${count(limit, "key")}`,
  uniqueItems: ({ i, j }) => `items ${Number(j) + 1} and ${Number(i) + 1} are the same`,
  "x-same-length-as": ({ other, expected, actual }) =>
    `must have ${count(expected, "item")}, as ${other} has, not ${actual}`,
  "x-index-into": ({ other, length }, data) =>
    `there is no number ${data} in ${other}: it has ${count(length, "item")}`,
  "x-fits-minutes": ({ field, most, actual }) =>
    `${actual} characters are too long for the ${field} asked for; about ${most} fit`,
};

/** Keys from the root down, with list positions as numbers. */
export function pointerOf(path: string): Pointer {
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}
