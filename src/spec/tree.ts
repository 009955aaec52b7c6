import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Json } from "../model/json.ts";
import { bounds } from "./bounds.ts";
import type { Finding, Span } from "./finding.ts";
import { jsonOf, nameOf, wrongName } from "./scalar.ts";
import { tooDeep, tooMany } from "./scan.ts";

/** A value, where it stands, and the same of its parts. */
export interface Tree extends Span {
  readonly value: Json;
  readonly key: Span | undefined;
  /** Written over several lines by indentation: its key shows it better than its first character. */
  readonly block: boolean;
  readonly parts: ReadonlyMap<string, Tree>;
  /** With aliases counted as often as they are used. */
  readonly nodes: number;
  readonly depth: number;
}

export type Report = (finding: Finding) => void;

/**
 * Turns the parser's nodes into JSON by rules of our own, and reports what JSON cannot or shall not hold. Objects have
 * no prototype, so that no key of theirs means anything but itself.
 */
export function treeOf(root: Node, report: Report): Tree {
  const anchors = new Map<string, Tree | "open">();

  const tree = (node: Node | null, key: Span | undefined): Tree => {
    const span = spanOf(node, key);
    if (isAlias(node)) return alias(node.source, span, key);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, "open");
    const made = content(node, span, key);
    if (anchor !== undefined) anchors.set(anchor, made);
    return made;
  };

  const content = (node: Node | null, span: Span, key: Span | undefined): Tree => {
    if (isMap(node)) return map(node.items, { ...span, key, block: node.flow !== true });
    if (isSeq(node)) return list(node.items, { ...span, key, block: node.flow !== true });
    return leaf(isScalar(node) ? jsonOf(node, span, report) : null, span, key);
  };

  const alias = (name: string, span: Span, key: Span | undefined): Tree => {
    const target = anchors.get(name);
    if (target !== undefined && target !== "open") return { ...target, ...span, key, block: false };
    const message = target === undefined ? `no anchor is called "${name}"` : `"${name}" would hold itself`;
    report({ code: "bad-alias", message, ...span });
    return leaf(null, span, key);
  };

  const map = (items: readonly Pair[], place: Place): Tree => {
    const parts = new Map<string, Tree>();
    for (const pair of items as readonly Pair<Node | null, Node | null>[]) {
      const key = spanOf(pair.key, place);
      const part = tree(pair.value, key);
      const name = nameOf(pair.key);
      const wrong = wrongName(name, parts);
      if (wrong !== undefined) report({ ...wrong, ...key });
      else if (name !== undefined) parts.set(name, part);
    }
    const value: { [key: string]: Json } = Object.create(null);
    for (const [name, part] of parts) value[name] = part.value;
    return { ...place, value, parts, ...sizes(parts, 2) };
  };

  const list = (items: readonly unknown[], place: Place): Tree => {
    const parts = new Map(
      (items as readonly (Node | null)[]).map((item, index) => [String(index), tree(item, undefined)]),
    );
    return { ...place, value: [...parts.values()].map((part) => part.value), parts, ...sizes(parts, 1) };
  };

  const made = tree(root, undefined);
  if (made.nodes > bounds.nodes) report({ ...tooMany, ...made });
  if (made.depth > bounds.depth) report({ ...tooDeep, ...made });
  return made;
}

type Place = Span & Pick<Tree, "key" | "block">;

const leaf = (value: Json, span: Span, key: Span | undefined): Tree => ({
  ...span,
  value,
  key,
  block: false,
  parts: new Map(),
  nodes: 1,
  depth: 0,
});

/** A key is a node as well: `each` is what a part adds to its collection. */
function sizes(parts: Tree["parts"], each: 1 | 2): { readonly nodes: number; readonly depth: number } {
  let nodes = 1;
  let depth = 0;
  for (const part of parts.values()) {
    nodes += each - 1 + part.nodes;
    depth = Math.max(depth, part.depth);
  }
  return { nodes, depth: depth + 1 };
}

/** Where a node stands; for nothing at all, where its key stands. */
function spanOf(node: Node | null, otherwise: Span | undefined): Span {
  const range = node?.range;
  if (range === undefined || range === null || range[0] === range[1]) {
    return otherwise ?? { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  }
  return { start: range[0], end: range[1] };
}
