import { codeSpan, htmlCode, type Markdown, md } from "./markdown.ts";

/** A sentence of ours with foreign text in it, kept apart so that every view can show the foreign part safely. */
export type Phrase = readonly Part[];
type Part = { readonly ours: string } | { readonly foreign: string };

/** Writes a phrase: the words are ours, and whatever stands in a gap is foreign. */
export function say(words: TemplateStringsArray, ...gaps: readonly string[]): Phrase {
  return words.flatMap((word, at) => {
    const gap = gaps[at];
    return gap === undefined ? [{ ours: word }] : [{ ours: word }, { foreign: gap }];
  });
}

export const both = (...phrases: readonly Phrase[]): Phrase => phrases.flat();

export function listed(phrases: readonly Phrase[], separator = ", "): Phrase {
  return phrases.flatMap((phrase, at) => (at === 0 ? phrase : [{ ours: separator }, ...phrase]));
}

/** For views whose document was made printable as a whole. */
export const plain = (phrase: Phrase): string =>
  phrase.map((part) => ("ours" in part ? part.ours : part.foreign)).join("");

export const marked = (phrase: Phrase): Markdown =>
  phrase.map((part) => ("ours" in part ? part.ours : codeSpan(part.foreign))).join("") as Markdown;

/** A part of a comment that is closed until somebody wants it. Its title is HTML, its body Markdown. */
export function folded(title: Phrase, body: Markdown): Markdown {
  const html = title.map((part) => ("ours" in part ? part.ours : htmlCode(part.foreign))).join("") as Markdown;
  return md`<details><summary>${html}</summary>

${body}

</details>`;
}
