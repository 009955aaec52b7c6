import { isObject, type Json } from "../model/json.ts";
import type { Checked, Problem } from "../model/problem.ts";
import type { SchemaError, Validate } from "../model/schema.ts";

/** What we write ourselves: a document of a higher minor version may hold fields beyond ours. */
const ours = { major: 1, minor: 0 };

/** Reads a machine format: another major version is refused, and so is whatever its schema does not allow. */
export function readDocument(file: string, text: string, validate: Validate): Checked<Json> {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong(problem(file, "document-syntax", "not a JSON document"));
  }
  const [major, minor] = versionOf(value);
  if (major === undefined || minor === undefined) {
    return wrong(problem(file, "document-version", 'no "formatVersion": this is no plan or result file'));
  }
  if (major !== ours.major) {
    const hint = "make the file again with this version of reelform";
    return wrong({ ...problem(file, "document-version", `formatVersion ${major}.${minor} is not understood`), hint });
  }
  return valid(file, value, validate, minor > ours.minor);
}

/** Checks a value against a schema; fields beyond the schema may pass, if they come from a later version. */
export function valid(file: string, value: Json, validate: Validate, later = false): Checked<Json> {
  const errors = validate(value) ? [] : (validate.errors ?? []);
  const wrongs = errors.filter((error) => !(later && error.keyword === "additionalProperties"));
  if (wrongs.length === 0) return { ok: true, value, warnings: [] };
  return wrong(...wrongs.slice(0, 10).map((error) => problem(file, "document-shape", shape(error))));
}

function versionOf(value: Json): readonly [number?, number?] {
  const written = isObject(value) ? value.formatVersion : undefined;
  const [, major, minor] = (typeof written === "string" && /^(\d{1,6})\.(\d{1,6})$/.exec(written)) || [];
  return major === undefined ? [] : [Number(major), Number(minor)];
}

function shape({ instancePath, message, params }: SchemaError): string {
  const extra = params.additionalProperty;
  const which = typeof extra === "string" ? ` (${JSON.stringify(extra)})` : "";
  return `${instancePath === "" ? "the document" : instancePath} ${message ?? "is not allowed"}${which}`;
}

const problem = (file: string, code: string, message: string): Problem => ({
  code,
  severity: "error",
  message,
  at: { file, line: 1, column: 1, length: 1 },
});

const wrong = (...problems: readonly Problem[]): Checked<Json> => ({ ok: false, problems });
