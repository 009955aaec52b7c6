/** The one text of a value: keys sorted at every depth, so that equal values are equal texts. */
export const canonicalText = (value: unknown): string => JSON.stringify(value, sortKeys, 2);

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
