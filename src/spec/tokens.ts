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
    const column = start - lineStart;
    if (piece === scalarMark) scalar = true;
    if (piece === flowEndMark) yield { kind: "flow-end", text: "", start, end: start, column };
    if (piece === scalarMark || piece === flowEndMark || piece === documentMark) continue;
    const end = start + piece.length;
    yield { kind: scalar ? "scalar" : kindOf(piece), text: piece, start, end, column };
    const newline = piece.lastIndexOf("\n");
    if (newline !== -1) lineStart = start + newline + 1;
    start = end;
    scalar = false;
  }
}

// What the lexer says between the lines. These characters are refused in a text, so nobody else says them.
const documentMark = "\x02";
const flowEndMark = "\x18";
const scalarMark = "\x1f";

/** What is left are the indicators - ? : , [ ] { } and the headers of block scalars. */
function kindOf(piece: string): Token["kind"] {
  switch (piece.charAt(0)) {
    case "\n":
    case "\r":
      return "newline";
    case " ":
    case "\t":
    case "\uFEFF":
      return "space";
    case "#":
      return "comment";
    case "%":
      return "directive";
    case "*":
      return "alias";
    case "&":
      return "anchor";
    case "!":
      return "tag";
    case "'":
    case '"':
      return "scalar";
    case "-":
      return piece === "---" ? "document-start" : "indicator";
    case ".":
      return piece === "..." ? "document-end" : "indicator";
    default:
      return "indicator";
  }
}
