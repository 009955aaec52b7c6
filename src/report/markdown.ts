import { type Safe, sanitizeFor } from "./escape.ts";

export type Markdown = Safe<"markdown">;

/** Markdown in our own words. Only what is `Safe` already, and numbers, may stand in its gaps: the compiler checks it. */
export const md = (ours: TemplateStringsArray, ...gaps: readonly (Markdown | number)[]): Markdown =>
  String.raw({ raw: ours }, ...gaps) as Markdown;

export const joined = (parts: readonly Markdown[], separator: string): Markdown => parts.join(separator) as Markdown;

/** Words that we wrote ourselves, known when the program was. */
export const ours = (words: string): Markdown => words as Markdown;

const onOneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

/** Foreign text on one line, as code: nothing in it is read as Markdown, a name or a number. Fits into table cells. */
export function codeSpan(foreign: string): Markdown {
  const text = onOneLine(sanitizeFor("terminal", foreign));
  if (text.trim() === "") return md`<code> </code>`;
  // In a table a bar ends the cell even inside of code, and how it is escaped depends on what stands before it.
  if (text.includes("|")) return htmlCode(text);
  const fence = longerThan(text, 1);
  const space = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${space}${text}${space}${fence}` as Markdown;
}

/** Foreign text over several lines, as code. */
export function codeBlock(foreign: string): Markdown {
  const text = sanitizeFor("terminal", foreign);
  const fence = longerThan(text, 3);
  return `${fence}text\n${text}\n${fence}` as Markdown;
}

function longerThan(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  return "`".repeat(Math.max(least, 1 + Math.max(0, ...runs)));
}

/** A link to a published file. Undefined for whatever is not a plain https address, so that nothing else is linked. */
export function link(label: Markdown, url: string): Markdown | undefined {
  const address = published(url);
  return address === undefined ? undefined : md`[${label}](${address})`;
}

/** A picture that leads to a published file. Undefined unless both addresses are plain https. */
export function picture(alternative: string, image: string, url: string): Markdown | undefined {
  const [shown, address] = [published(image), published(url)];
  if (shown === undefined || address === undefined) return undefined;
  return md`<a href="${address}"><img src="${shown}" alt="${sanitizeFor("markdown", onOneLine(alternative))}" width="240"></a>`;
}

/** A stored address has no query: one that has may carry a signature, and goes nowhere. */
function published(url: string): Markdown | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, username, password, search, host, pathname, hash } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "" || search !== "") return undefined;
  const path = pathname.replace(/[^A-Za-z0-9/._~%+,=:@-]/g, (character) =>
    encodeURIComponent(character).replace(/[!'()*]/g, (left) => `%${left.charCodeAt(0).toString(16)}`),
  );
  const place = /^#issuecomment-\d{1,20}$/.test(hash) ? hash : "";
  return `https://${host}${path.replaceAll("@", "%40")}${place}` as Markdown;
}

/** Foreign text as code where HTML stands, and Markdown's own marks for code are not read. */
export const htmlCode = (foreign: string): Markdown => md`<code>${sanitizeFor("markdown", onOneLine(foreign))}</code>`;

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
