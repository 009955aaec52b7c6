import { bounds } from "./bounds.ts";
import type { Finding } from "./finding.ts";
import { nesting } from "./nesting.ts";
import { orderly } from "./orderly.ts";
import { type Token, tokensOf } from "./tokens.ts";

type Said = Pick<Finding, "code" | "message" | "hint">;
type Check = (token: Token) => Said | undefined;

/**
 * Finds the first thing in a YAML text that must not reach the parser: too much, too deep, too many aliases, and what
 * we do not take. Linear and not recursive, so that no text can hurt it.
 */
export function scan(text: string): Finding | undefined {
  const checks = [oneDocument(), noDirective, noTab(text), noForeignTag, inOrder(), shallow(), few()];
  for (const token of tokensOf(text)) {
    for (const check of checks) {
      const said = check(token);
      if (said !== undefined) return { ...said, start: token.start, end: token.end };
    }
  }
  return undefined;
}

/** Tokens that are there for people, or between lines. */
const silent = new Set<Token["kind"]>(["space", "newline", "comment"]);

function oneDocument(): Check {
  let begun = false;
  let ended = false;
  const said = {
    code: "several-documents",
    message: "a second document begins here",
    hint: "one file holds one video",
  };
  return ({ kind }) => {
    if (kind === "document-end") ended = true;
    else if (kind === "document-start" ? begun : ended && !silent.has(kind)) return said;
    else if (!silent.has(kind) && kind !== "directive") begun = true;
    return undefined;
  };
}

const noDirective: Check = ({ kind, text }) =>
  kind === "directive"
    ? { code: "bad-directive", message: `directives are not allowed: ${text.slice(0, 40)}`, hint: "remove the line" }
    : undefined;

function noTab(source: string): Check {
  let tab = false;
  return ({ kind, text, start, column }) => {
    if (kind === "newline" || kind === "comment") tab = false;
    else if (kind === "space") tab ||= text.includes("\t") && source.slice(start - column, start).trim() === "";
    else if (tab) return { code: "tab", message: "the line is indented with a tab", hint: "indent with spaces" };
    return undefined;
  };
}

const coreTags = new Set(["!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"]);

const noForeignTag: Check = ({ kind, text }) =>
  kind === "tag" && !coreTags.has(text)
    ? {
        code: "bad-tag",
        message: `the tag ${text.slice(0, 40)} is not known`,
        hint: 'remove it, or put the text in quotes if it begins with "!"',
      }
    : undefined;

function inOrder(): Check {
  const inPlace = orderly();
  return (token) =>
    inPlace(token)
      ? undefined
      : {
          code: "bad-yaml",
          message: `"${token.text}" cannot stand here`,
          hint: 'put the value in quotes if it holds ": ", or begins with "- " or "? "',
        };
}

function shallow(): Check {
  const depth = nesting();
  return (token) => (depth(token) > bounds.depth ? tooDeep : undefined);
}

/** None of these is seen more often than there are nodes, in a text that is sound: so no sound text is refused here. */
function few(): Check {
  const seen = { node: 0, mark: 0, "-": 0, "?": 0, ":": 0, ",": 0 };
  let tokens = 0;
  let aliases = 0;
  return ({ kind, text }) => {
    tokens += 1;
    if (kind === "alias") aliases += 1;
    const what = counted(kind, text);
    if (what !== undefined) seen[what] += 1;
    if (aliases > bounds.aliases) return { code: "too-many-aliases", message: `more than ${bounds.aliases} aliases` };
    const full = tokens > bounds.tokens || (what !== undefined && seen[what] > bounds.nodes);
    return full ? tooMany : undefined;
  };
}

function counted(kind: Token["kind"], text: string): "node" | "mark" | "-" | "?" | ":" | "," | undefined {
  if (kind === "anchor" || kind === "tag") return "mark";
  if (kind === "scalar" || kind === "alias" || text === "[" || text === "{") return "node";
  return text === "-" || text === "?" || text === ":" || text === "," ? text : undefined;
}

export const tooDeep = { code: "too-deep", message: `nested deeper than ${bounds.depth} levels` };

export const tooMany = {
  code: "too-many-nodes",
  message: `the file holds more than ${bounds.nodes} values`,
  hint: "split it into several videos",
};
