import type { Token } from "./tokens.ts";

interface Block {
  readonly column: number;
  readonly kind: "map" | "seq";
}

/**
 * Follows the tokens of a YAML text and says after each how many collections are open, without building any. Of a
 * malformed text it counts too many rather than too few.
 */
export function nesting(): (token: Token) => number {
  const blocks: Block[] = [];
  let flow = 0;
  /** Where the key starts if a colon comes now. */
  let key: number | undefined;

  return (token) => {
    const { kind, text, column } = token;
    if (kind === "flow-end") flow = 0;
    else if (text === "]" || text === "}") flow = Math.max(0, flow - 1);
    else if (flow > 0) flow += text === "[" || text === "{" ? 1 : 0;
    else if (text.endsWith("\n")) key = undefined;
    else if (kind === "indicator" && (text === "-" || text === "?" || text === ":")) {
      open(blocks, text === "-" ? "seq" : "map", text === ":" ? (key ?? column) : column);
      key = undefined;
    } else if (kind !== "space" && kind !== "comment") {
      key ??= column;
      flow += text === "[" || text === "{" ? 1 : 0;
    }
    return blocks.length + flow;
  };
}

/** Closes what stands further right, then opens the collection unless it is the one that is open there. */
function open(blocks: Block[], kind: Block["kind"], column: number): void {
  while ((blocks.at(-1)?.column ?? -1) > column) blocks.pop();
  const [above, top] = blocks.slice(-2).filter((block) => block.column === column);
  if (top !== undefined && top.kind !== kind && above?.kind === kind) blocks.pop();
  else if ((top ?? above)?.kind !== kind) blocks.push({ column, kind });
}
