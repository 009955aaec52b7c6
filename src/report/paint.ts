/** How a text view is printed. `actions` is the log of a CI job, which obeys commands in what it prints. */
export interface Style {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly target: "terminal" | "actions";
}

const codes = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, bold: 1, dim: 2, strike: 9 } as const;
export type Ink = keyof typeof codes;

/** Colours text, or leaves it as it is. */
export type Paint = (ink: Ink, text: string) => string;

export const paintOf = ({ colour }: Style): Paint =>
  colour ? (ink, text) => `\x1b[${codes[ink]}m${text}\x1b[0m` : (_, text) => text;
