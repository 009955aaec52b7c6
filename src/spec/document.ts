import { parseDocument as parseYaml, type YAMLParseError } from "yaml";
import { isObject, type JsonObject } from "../model/json.ts";
import type { Checked } from "../model/problem.ts";
import type { RepoPath } from "../model/unit.ts";
import { textFinding } from "./bounds.ts";
import { type Finding, problemOf } from "./finding.ts";
import { linesOf } from "./lines.ts";
import type { Places } from "./places.ts";
import { scan } from "./scan.ts";
import { type Tree, treeOf } from "./tree.ts";

/** A YAML file that was read: its value, and where each part of it stands. */
export interface Document extends Places {
  readonly file: RepoPath;
  readonly text: string;
  readonly value: JsonObject;
  /** The text of line `n`, counted from 1. */
  line(n: number): string;
}

/** A misplaced character can upset everything after it: the first complaints are the true ones. */
const mostComplaints = 5;

/**
 * Reads YAML 1.2 that holds one mapping. Whatever the text is, the answer is a document or problems: bounds are checked
 * before the parser can suffer from what is beyond them.
 */
export function parseDocument(file: RepoPath, written: string): Checked<Document> {
  const text = written.startsWith("\uFEFF") ? written.slice(1) : written;
  const lines = linesOf(text);
  const refused = (findings: readonly Finding[]): Checked<Document> => ({
    ok: false,
    problems: findings.map((finding) => problemOf(file, lines, finding)),
  });

  const unfit = textFinding(text) ?? scan(text);
  if (unfit !== undefined) return refused([unfit]);

  const yaml = parseYaml(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const complaints = [...yaml.errors, ...yaml.warnings];
  if (complaints.length > 0) return refused(complaints.slice(0, mostComplaints).map(complaintOf));
  if (yaml.contents === null) return refused([{ code: "empty", message: "the file is empty", start: 0, end: 1 }]);

  const findings: Finding[] = [];
  const tree = treeOf(yaml.contents, (finding) => findings.push(finding));
  if (findings.length > 0) return refused(findings);
  const { value } = tree;
  if (!isObject(value)) {
    const message = "the file must hold keys and values";
    return refused([{ code: "not-a-mapping", message, hint: "write `key: value` lines", ...tree }]);
  }
  const lineOf: Places["lineOf"] = (at) => (at.file === file ? lines.shown(at.line) : undefined);
  const at: Places["at"] = (pointer, part = "value") => {
    const { start, end } = spanAt(tree, pointer, part);
    return lines.locate(file, start, end);
  };
  return { ok: true, value: { file, text, value, at, lineOf, line: lines.text }, warnings: [] };
}

function spanAt(root: Tree, pointer: readonly (string | number)[], part: "key" | "value") {
  let tree = root;
  for (const step of pointer) {
    const next = tree.parts.get(String(step));
    if (next === undefined) return shownBy(tree, "key");
    tree = next;
  }
  return shownBy(tree, part);
}

/** What to underline: never more than one line of a block, whose key or first key speaks for it. */
function shownBy(tree: Tree, part: "key" | "value") {
  if (tree.key !== undefined && (part === "key" || tree.block)) return tree.key;
  const [first] = tree.parts.values();
  return tree.block && first !== undefined ? (first.key ?? first) : tree;
}

const hints: { readonly [code: string]: string } = {
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes if it holds ": "',
  MISSING_CHAR: "check the quotes and brackets before this place",
  BAD_INDENT: "the lines of one mapping start in the same column",
  TAB_AS_INDENT: "indent with spaces",
};

function complaintOf({ code, message, pos }: Pick<YAMLParseError, "code" | "message" | "pos">): Finding {
  const hint = hints[code];
  return {
    code: "bad-yaml",
    message:
      message.charAt(0).toLowerCase() +
      message
        .slice(1)
        .replace(/\.$/, "")
        .replace(/(["'])quote$/, "quote $1"),
    ...(hint === undefined ? {} : { hint }),
    start: pos[0],
    end: pos[1],
  };
}
