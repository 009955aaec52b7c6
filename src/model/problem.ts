/** A place in a file of the repository. Line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters the squiggle underlines; at least 1. */
  readonly length: number;
}

/** Something the user can mend. Collected and shown together; never thrown. */
export interface Problem {
  readonly code: string;
  readonly severity: "error" | "warning";
  /** Lower case, no full stop. */
  readonly message: string;
  readonly at: Location;
  /** The text of the line at `at.line`, when there is one to show. */
  readonly sourceLine?: string;
  readonly hint?: string;
}

/** A value, or everything that is wrong with what it should have been made from. Warnings come with both. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };
