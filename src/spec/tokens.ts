import { Lexer } from "yaml";

export interface Token {
  readonly kind:
    | "space"
    | "newline"
    | "comment"
    | "directive"
    | "document-start"
    | "document-end"
    | "scalar"
    | "alias"
    | "anchor"
    | "tag"
    | "indicator"
    | "flow-end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How far the token stands from the start of its line, from 0. */
  readonly column: number;
}

/** The tokens of a YAML text: the very ones its parser will see, at no more cost than reading it once. */
export function* tokensOf(text: string): Generator<Token> {
  let start = 0;
  let lineStart = 0;
  let scalar = false;
  for (const piece of new Lexer().lex(text)) {
    const zeroWidth = marks[piece];
    if (zeroWidth === "scalar") scalar = true;
    if (zeroWidth === "flow-end") yield { kind: "flow-end", text: "", start, end: start, column: start - lineStart };
    if (zeroWidth !== undefined) continue;
    const end = start + piece.length;
    yield { kind: scalar ? "scalar" : kindOf(piece), text: piece, start, end, column: start - lineStart };
    const newline = piece.lastIndexOf("\n");
    if (newline !== -1) lineStart = start + newline + 1;
    start = end;
    scalar = false;
  }
}

/** What the lexer says between the lines. These characters are refused in a text, so nobody else says them. */
const marks: { readonly [mark: string]: "document" | "flow-end" | "scalar" } = {
  "\x02": "document",
  "\x18": "flow-end",
  "\x1f": "scalar",
};

const whole: { readonly [text: string]: Token["kind"] } = {
  "---": "document-start",
  "...": "document-end",
  "\n": "newline",
  "\r\n": "newline",
};

const byFirst: { readonly [first: string]: Token["kind"] } = {
  " ": "space",
  "\t": "space",
  "\uFEFF": "space",
  "#": "comment",
  "%": "directive",
  "*": "alias",
  "&": "anchor",
  "!": "tag",
  "'": "scalar",
  '"': "scalar",
};

/** Everything else is one of - ? : , [ ] { } or the header of a block scalar. */
const kindOf = (piece: string): Token["kind"] => whole[piece] ?? byFirst[piece.charAt(0)] ?? "indicator";
