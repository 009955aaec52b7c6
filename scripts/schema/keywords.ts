import type { CodeKeywordDefinition } from "ajv/dist/2020.js";
import { _, type Code, getProperty, str } from "ajv/dist/compile/codegen/index.js";
import type { KeywordErrorCxt } from "ajv/dist/types/index.js";

/** Words on a schema that say something of a field and check nothing. */
export const annotations: readonly string[] = [
  "errorMessage",
  "tsType",
  "x-severity",
  "x-hint",
  "x-code",
  "x-at",
  "x-asset",
  "x-ids",
  "x-reach",
  "x-max-bytes",
  "x-text",
  "x-change",
  "x-metadata",
  "x-in-place",
];

/** The value that stands `up` levels above the checked one. */
function above({ it }: KeywordErrorCxt, up: number): Code {
  const name = it.dataNames[it.dataLevel - up];
  if (name === undefined) throw new Error("the keyword stands too near the root");
  return name;
}

/** `x-same-length-as: field`: the list has as many items as its sibling, where there is one. */
const sameLengthAs: CodeKeywordDefinition = {
  keyword: "x-same-length-as",
  type: "array",
  schemaType: "string",
  error: {
    message: (cxt) => str`must have as many items as ${cxt.schema}`,
    params: (cxt) => {
      const other = _`${above(cxt, 1)}${getProperty(cxt.schema)}`;
      return _`{other: ${cxt.schema}, expected: ${other}.length, actual: ${cxt.data}.length}`;
    },
  },
  code(cxt) {
    const other = _`${above(cxt, 1)}${getProperty(cxt.schema)}`;
    cxt.fail(_`Array.isArray(${other}) && ${other}.length !== ${cxt.data}.length`);
  },
};

/** `x-index-into: list`, on the items of a list: each is the number, from 1, of an item of the list's sibling. */
const indexInto: CodeKeywordDefinition = {
  keyword: "x-index-into",
  type: "number",
  schemaType: "string",
  error: {
    message: (cxt) => str`must be the number of one of ${cxt.schema}`,
    params: (cxt) => _`{other: ${cxt.schema}, length: ${above(cxt, 2)}${getProperty(cxt.schema)}.length}`,
  },
  code(cxt) {
    const list = _`${above(cxt, 2)}${getProperty(cxt.schema)}`;
    cxt.fail(_`Array.isArray(${list}) && (${cxt.data} < 1 || ${cxt.data} > ${list}.length)`);
  },
};

/** `x-fits-minutes: { field, perMinute }`: a narration that can be spoken in the minutes its sibling names. */
const fitsMinutes: CodeKeywordDefinition = {
  keyword: "x-fits-minutes",
  type: "string",
  schemaType: "object",
  error: {
    message: (cxt) => str`is too long for ${cxt.schema.field}`,
    params: (cxt) => {
      const minutes = _`Number(${above(cxt, 1)}${getProperty(cxt.schema.field)})`;
      const most = _`Math.floor(${minutes} * ${cxt.schema.perMinute})`;
      return _`{field: ${cxt.schema.field}, minutes: ${minutes}, most: ${most}, actual: ${cxt.data}.length}`;
    },
  },
  code(cxt) {
    const minutes = _`${above(cxt, 1)}${getProperty(cxt.schema.field)}`;
    cxt.fail(_`${minutes} !== undefined && ${cxt.data}.length > Number(${minutes}) * ${cxt.schema.perMinute}`);
  },
};

/** `x-most-together: { of, most }`, on an object: the lists of these names have no more items than that in all. */
const mostTogether: CodeKeywordDefinition = {
  keyword: "x-most-together",
  type: "object",
  schemaType: "object",
  error: {
    message: (cxt) => str`must have at most ${cxt.schema.most} items in all`,
    params: (cxt) => _`{most: ${cxt.schema.most}}`,
  },
  code(cxt) {
    const names: readonly string[] = cxt.schema.of;
    const sum = names
      .map((name) => _`${cxt.data}${getProperty(name)}`)
      .reduce((all, list) => _`${all} + (Array.isArray(${list}) ? ${list}.length : 0)`, _`0`);
    cxt.fail(_`${sum} > ${cxt.schema.most}`);
  },
};

export const keywords: readonly CodeKeywordDefinition[] = [sameLengthAs, indexInto, fitsMinutes, mostTogether];
