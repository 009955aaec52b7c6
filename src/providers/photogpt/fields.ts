import { type Fields, isFields } from "../fields.ts";

/** The options of the one group that a request has; none where it has none. */
export function optionsOf({ options }: Fields): Fields {
  const groups = isFields(options) ? Object.values(options).filter(isFields) : [];
  return groups[0] ?? {};
}
