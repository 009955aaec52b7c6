/** Where each value of a JSON text begins, by JSON pointer, and which keys stand twice. */
export interface Scan {
  readonly offsets: ReadonlyMap<string, number>;
  readonly duplicates: readonly { readonly pointer: string; readonly offset: number }[];
}

const token = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gy;

interface Frame {
  readonly pointer: string;
  readonly keys: Set<string> | undefined;
  index: number;
  key: string | undefined;
}

const escapeKey = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Reads a text that `JSON.parse` accepts; what JSON.parse forgets, where and twice, is what this finds. */
export function scan(text: string): Scan {
  const offsets = new Map<string, number>([["", text.search(/\S|$/)]]);
  const duplicates: { pointer: string; offset: number }[] = [];
  const stack: Frame[] = [];

  const here = (): string => {
    const top = stack.at(-1);
    if (top === undefined) return "";
    return `${top.pointer}/${escapeKey(top.keys === undefined ? String(top.index) : (top.key ?? ""))}`;
  };

  for (const match of text.matchAll(token)) {
    const [word] = match;
    const offset = match.index;
    const top = stack.at(-1);
    const first = word[0] ?? "";
    if (/\s/.test(first)) continue;
    if (first === "}" || first === "]") stack.pop();
    else if (first === ",") {
      if (top !== undefined) Object.assign(top, { index: top.index + 1, key: undefined });
    } else if (first === ":") continue;
    else if (top?.keys !== undefined && top.key === undefined) {
      top.key = String(JSON.parse(word));
      if (top.keys.has(top.key)) duplicates.push({ pointer: here(), offset });
      top.keys.add(top.key);
    } else {
      offsets.set(here(), offset);
      if (first === "{") stack.push({ pointer: here(), keys: new Set(), index: 0, key: undefined });
      if (first === "[") stack.push({ pointer: here(), keys: undefined, index: 0, key: undefined });
    }
  }
  return { offsets, duplicates };
}
