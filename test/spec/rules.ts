import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonObject } from "../../src/model/json.ts";
import type { FieldNotes, Validate } from "../../src/model/schema.ts";
import type { ProviderRules } from "../../src/spec/validators.ts";

const text = { type: "string" };

/** The rules of a provider that takes every kind of field there is. */
const schema: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["prompt"],
  properties: {
    prompt: { type: "string", minLength: 1 },
    timing: { enum: ["1", "2"] },
    seed: { type: "integer" },
    loud: { type: "boolean" },
    logo: text,
    images: { type: "array", items: text },
    shots: { type: "array", items: { type: "object", properties: { frame: text, text } } },
    brief: text,
    is_public: { type: ["boolean", "null"] },
    extra: { type: "object" },
  },
};

const notes: FieldNotes = {
  inPlace: ["title", "visibility"],
  maxBytes: 1000,
  fields: [
    { path: ["prompt"], text: true },
    { path: ["brief"], asset: ["document"] },
    { path: ["logo"], asset: ["image"] },
    { path: ["images", "*"], asset: ["image"] },
    { path: ["shots", "*", "frame"], asset: ["image", "video"], ids: "media:" },
    { path: ["shots", "*", "text"], text: true },
    { path: ["is_public"], change: "in-place", metadata: "visibility" },
  ],
};

/** One that makes several things, takes a film, and changes nothing in place. */
const describer: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["operation", "input"],
  properties: { operation: { enum: ["audio", "video"] }, input: text },
};

const compiled = (of: JsonObject): Validate =>
  new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(of) as Validate;

export const golpo: ProviderRules = { validate: compiled(schema), notes };
export const viddyscribe: ProviderRules = {
  validate: compiled(describer),
  notes: { inPlace: [], fields: [{ path: ["input"], asset: ["media"], ids: "media:" }] },
};
