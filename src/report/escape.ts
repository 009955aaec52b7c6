declare const target: unique symbol;

/** Where foreign text is about to be shown. `actions` is the log of a CI job, which obeys commands in what it prints. */
export type Target = "terminal" | "actions" | "markdown" | "file";

/** Text that can do no harm in one place, and in that place only. Whatever is not `Safe` counts as foreign. */
export type Safe<T extends Target> = string & { readonly [target]: T };

/**
 * The one gate for text that others wrote: titles, prompts, providers' messages, names of branches and files. Nothing
 * is dropped: what could act is shown as an escape.
 */
export function sanitizeFor<T extends Target>(where: T, foreign: string): Safe<T> {
  return gates[where](visible(foreign)) as Safe<T>;
}

const gates: Readonly<Record<Target, (text: string) => string>> = {
  terminal: (text) => text,
  actions: (text) => text.replace(/(^|\s)::/g, "$1\\x3a:").replaceAll("##[", "##\\x5b"),
  markdown: (text) => inert(text).replace(/[&<>"'`*_~[\]{}()|\\$!]/g, (character) => `&#${character.charCodeAt(0)};`),
  file: (text) =>
    text
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[.-]+/, "")
      .slice(0, 100) || "unnamed",
};

/** Control, bidirectional, zero-width and other unseen characters; line ends and the choice of an emoji's style stay. */
const unseen = /(?!\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unseen, (character) => {
    if (character === "\n") return character;
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

const gap = "\u200b";

/** GitHub looks for names, numbers, commits and addresses after Markdown is done, so only a gap inside them helps. */
function inert(text: string): string {
  return text
    .replace(/@/g, `@${gap}`)
    .replace(/#(?=[\p{L}\p{N}_])/gu, `#${gap}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${gap}-`)
    .replace(/:(?=\/\/)/g, `:${gap}`)
    .replace(/\b(www)\./gi, `$1${gap}.`)
    .replace(/\b(mailto|xmpp):/gi, `$1${gap}:`)
    .replace(/\b[0-9a-f]{7,}\b/gi, (commit) => commit.replace(/.{6}(?=.)/g, `$&${gap}`));
}
