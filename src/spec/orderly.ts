import type { Token } from "./tokens.ts";

/**
 * Says of each token whether it may stand where it stands: items and keys at the start of a line, one colon a line, one
 * colon between two commas. Nothing else is YAML, yet a parser that goes on after such a mistake nests ever deeper.
 */
export function orderly(): (token: Token) => boolean {
  /** Whether only indicators have come on this line. */
  let leading = true;
  let colons = 0;
  /** The marks of the entry that is being written in each open bracket. */
  const entries: { question: boolean; colon: boolean }[] = [];

  return ({ kind, text }) => {
    if (kind === "flow-end") entries.length = 0;
    if (text.endsWith("\n") && entries.length === 0) {
      leading = true;
      colons = 0;
      return true;
    }
    if (silent.has(kind)) return true;
    const entry = entries.at(-1);
    if (kind !== "indicator" || !marks.has(text)) leading = false;
    else if (text === "]" || text === "}") entries.pop();
    else if (text === "[" || text === "{") {
      leading = false;
      entries.push({ question: false, colon: false });
    } else if (entry !== undefined) return inBrackets(text, entry);
    else if (text === ":" && !leading) return ++colons === 1;
    else return leading;
    return true;
  };
}

const silent = new Set<Token["kind"]>(["space", "newline", "comment", "flow-end"]);
const marks = new Set(["-", "?", ":", ",", "[", "]", "{", "}"]);

function inBrackets(text: string, entry: { question: boolean; colon: boolean }): boolean {
  switch (text) {
    case ",":
      entry.question = false;
      entry.colon = false;
      return true;
    case "?": {
      const first = !entry.question && !entry.colon;
      entry.question = true;
      return first;
    }
    case ":": {
      const first = !entry.colon;
      entry.colon = true;
      return first;
    }
    default:
      return false;
  }
}
