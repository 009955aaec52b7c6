import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { branchFields, type Kind } from "./branches.ts";
import { entries, objects, opened, texts } from "./opened.ts";
import { prose } from "./prose.ts";
import { code } from "./table.ts";
import { choicesOf, valuesOf } from "./values.ts";

/** One field of a format, as a reader is told of it. */
export interface Field {
  readonly path: string;
  readonly values: string;
  readonly meaning: string;
  readonly required: boolean;
}

/** Fields that stand together: of the file itself, or of what one of its lists or mappings holds. */
export interface FieldGroup {
  readonly path: string;
  readonly meaning: string;
  readonly fields: readonly Field[];
}

/** Every field of a schema. What a list or a mapping holds is a group of its own, told after the one that names it. */
export const groupsOf = (root: JsonObject): readonly FieldGroup[] => groups("", root, root);

function groups(path: string, schema: JsonObject, root: JsonObject): readonly FieldGroup[] {
  const later: FieldGroup[] = [];
  const hold: Hold = (name, held) => {
    if (later.every((group) => group.path !== name)) later.push(...groups(name, held, root));
  };
  return [{ path, meaning: meaningOf(schema), fields: fieldsOf(schema, "", { root, hold }) }, ...later];
}

type Hold = (path: string, held: JsonObject) => void;

/** What is needed on the way down: where references lead, and who is told of what lists and mappings hold. */
interface Walk {
  readonly root: JsonObject;
  readonly hold: Hold;
}

/** The fields of an object, each followed by the fields inside it. */
function fieldsOf(schema: JsonObject, prefix: string, walk: Walk): readonly Field[] {
  const branches = objects(schema.oneOf).map((branch) => opened(branch, walk.root));
  if (branches.length > 0) {
    const tag = tagOf(schema);
    return branchFields(
      `${prefix}${tag}`,
      branches.map((branch) => kindOf(branch, tag, prefix, walk)),
    );
  }
  const required = texts(schema.required);
  const own = siblings(entries(schema.properties), walk.root).flatMap(({ name, part, as, alike }) => {
    const within = as === undefined ? walk : { ...walk, hold: () => {} };
    const [first, ...inside] = fieldOf(`${prefix}${name}`, opened(part, walk.root), required.includes(name), within);
    if (first === undefined) return [];
    const more = [
      as === undefined ? "" : ` Its fields are those of ${code(as)}.`,
      alike.length === 0 ? "" : ` Likewise ${alike.map(code).join(", ")}.`,
    ].join("");
    return [{ ...first, meaning: `${first.meaning}${more}` }, ...(as === undefined ? inside : [])];
  });
  const { additionalProperties: others } = schema;
  return isObject(others) ? [...own, ...fieldOf(`${prefix}<name>`, opened(others, walk.root), false, walk)] : own;
}

function fieldOf(path: string, schema: JsonObject, required: boolean, walk: Walk): readonly Field[] {
  const own = { path, values: valuesOf(schema, walk.root), meaning: meaningOf(schema), required };
  for (const [suffix, held] of [
    ["[]", schema.items],
    [".<name>", schema.additionalProperties],
  ] as const) {
    const inner = opened(held, walk.root);
    if (hasFields(inner)) walk.hold(`${path}${suffix}`, inner);
  }
  const named = schema.properties !== undefined && isObject(schema.additionalProperties);
  return [own, ...(hasFields(schema) || named ? fieldsOf(schema, `${path}.`, walk) : [])];
}

function tagOf({ discriminator }: JsonObject): string {
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  if (typeof name !== "string") throw new Error("a choice of shapes needs a discriminator");
  return name;
}

function kindOf(branch: JsonObject, tag: string, prefix: string, walk: Walk): Kind {
  const choice = isObject(branch.properties) ? opened(branch.properties[tag], walk.root) : {};
  const names = choicesOf(choice).map(String);
  const fields = fieldsOf(branch, prefix, walk).filter(({ path }) => path !== `${prefix}${tag}`);
  return { names, fields, meaning: meaningOf(names.length > 1 ? choice : branch) };
}

const hasFields = ({ properties, oneOf }: JsonObject): boolean => properties !== undefined || oneOf !== undefined;

export function meaningOf(schema: JsonObject): string {
  const { description } = schema;
  return typeof description === "string" ? prose(description, choicesOf(schema)) : "";
}

interface Sibling {
  readonly name: string;
  readonly part: Json;
  /** The earlier sibling of the same shape, whose fields are told there. */
  readonly as: string | undefined;
  /** Where all siblings have one shape, only the first is told, with the names of the others. */
  readonly alike: readonly string[];
}

function siblings(properties: readonly (readonly [string, Json])[], root: JsonObject): readonly Sibling[] {
  const shapes = new Map<string, string[]>();
  for (const [name, part] of properties) {
    const shape = isObject(part) && typeof part.$ref === "string" ? part.$ref : undefined;
    if (shape === undefined || opened(part, root).type !== "object") continue;
    shapes.set(shape, [...(shapes.get(shape) ?? []), name]);
  }
  return properties.flatMap(([name, part]): readonly Sibling[] => {
    const [first, ...others] = [...shapes.values()].find((names) => names.includes(name)) ?? [];
    const alone = first === undefined || others.length === 0;
    if (alone) return [{ name, part, as: undefined, alike: [] }];
    const all = others.length + 1 === properties.length;
    if (name === first) return [{ name, part, as: undefined, alike: all ? others : [] }];
    return all ? [] : [{ name, part, as: first, alike: [] }];
  });
}
