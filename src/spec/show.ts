/** A value inside a sentence: as JSON, and short. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  if (value === null || value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length <= 60 ? json : `${json.slice(0, 56)}…"`;
}

/** What a value is, in the words of a person who writes YAML. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return phrases[typeof value] ?? typeof value;
}

const phrases: { readonly [type: string]: string } = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "nothing",
  number: "a number",
  object: "a mapping",
  string: "a text",
};

/** What a schema's type is called: "a text or a number". */
export const typeNames = (types: readonly string[]): string => listed(types.map((type) => phrases[type] ?? type));

/** "a", "a or b", "a, b or c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
