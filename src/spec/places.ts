import type { Location } from "../model/problem.ts";

/** Names a value inside a document: keys and indices from the root down. */
export type Pointer = readonly (string | number)[];

/** Whether a problem is about a key itself or about what stands behind it. */
export type Part = "key" | "value";

/**
 * Where the parts of a value were written. A document knows its own; a value put together from several files has its
 * own answer for each part.
 */
export interface Places {
  /** The place of the value, or of its key; for what was never written, of the nearest thing around it. */
  at(pointer: Pointer, part?: Part): Location;
  /** The text of the line, when there is one to show. */
  lineOf(at: Location): string | undefined;
}
