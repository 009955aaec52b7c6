/**
 * What a comment would do at GitHub beyond showing text, and how it is built. A rough reader of Markdown, written
 * without knowledge of how the comment was made.
 */
export interface Effects {
  readonly mentions: readonly string[];
  readonly references: readonly string[];
  readonly addresses: readonly string[];
  readonly images: readonly string[];
  readonly links: readonly string[];
  readonly html: readonly string[];
  readonly unseen: readonly string[];
  /** Headings, lists, cells, fences and tags in their order, without any text. */
  readonly skeleton: readonly string[];
}

const known = new Set(["details", "summary", "blockquote", "code", "del", "ins", "br"]);
/** Their number follows from the text: how much of it changed, and whether it has bars. What opens must close. */
const uncounted = new Set(["del", "ins", "br", "code"]);

export function effectsOf(markdown: string): Effects {
  const { lines, skeleton } = withoutFences(markdown.split("\n"));
  const html: string[] = [];
  const links: string[] = [];
  const images: string[] = [];
  const sources: string[] = [];
  const texts: string[] = [];
  const open = new Map<string, number>();
  let insideHtml = false;
  let columns = 0;

  for (const line of lines) {
    if (line.trim() === "") insideHtml = false;
    if (/^ {0,3}<\/?(details|summary|blockquote|table|div|p|pre)\b/i.test(line)) insideHtml = true;
    // In a block of HTML backticks are text, and what stands between them is not protected.
    const bare = insideHtml ? line : withoutSpans(line);
    const rest = bare.replace(/<!--.*?-->|<\/?([a-z][a-z0-9-]*)\b[^>]*>/gi, (tag, name?: string) => {
      const own = name?.toLowerCase();
      if (own === undefined || !known.has(own)) html.push(tag);
      if (own !== undefined) open.set(own, (open.get(own) ?? 0) + (tag.startsWith("</") ? -1 : 1));
      if (own !== undefined && !uncounted.has(own)) skeleton.push(tag.startsWith("</") ? `/${own}` : own);
      return own === "br" ? "\n" : "";
    });
    if (/<[a-z!/?]/i.test(rest)) html.push(rest);
    for (const [, bang, , url] of rest.matchAll(/(!?)\[([^\]]*)\]\(([^)]*)\)/g))
      (bang === "!" ? images : links).push(url ?? "");
    const cells = /^\|/.test(line) ? (bare.match(/(?<!\\)\|/g) ?? []).length : 0;
    if (cells > 0 && columns > 0 && cells !== columns) skeleton.push(`a row of ${cells} in a table of ${columns}`);
    columns = cells > 0 ? columns || cells : 0;
    skeleton.push(...(insideHtml ? [] : [blockOf(line)]));
    const source = rest.replace(/(!?)\[([^\]]*)\]\([^)]*\)/g, " ");
    sources.push(source);
    texts.push(decoded(source));
  }

  for (const [name, many] of open)
    if (many !== 0 && name !== "br" && name !== "img") skeleton.push(`${name} is left open`);
  const text = texts.join("\n");
  return {
    mentions: [...text.matchAll(/(?<![\w`])@[\w-]+/g)].map(([found]) => found),
    references: [...text.matchAll(/#\d+|\bGH-\d+|\b[0-9a-f]{7,40}\b/gi)].map(([found]) => found),
    addresses: [...text.matchAll(/https?:\/\/|\bwww\.\w|[\w.]+@[\w]+\.\w+/gi)].map(([found]) => found),
    images: [...images, ...sources.flatMap((source) => source.match(/!\[/g) ?? [])],
    links,
    html,
    unseen: [...markdown.matchAll(/(?!\n|\u200b)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu)].map(
      ([found]) => `U+${found.codePointAt(0)?.toString(16)}`,
    ),
    skeleton,
  };
}

function withoutFences(all: readonly string[]): { readonly lines: readonly string[]; readonly skeleton: string[] } {
  const lines: string[] = [];
  const skeleton: string[] = [];
  let fence: string | undefined;
  for (const line of all) {
    const [, marks = ""] = /^ {0,3}(`{3,})/.exec(line) ?? [];
    if (fence === undefined && marks !== "" && !line.slice(line.indexOf(marks) + marks.length).includes("`")) {
      fence = marks;
      skeleton.push("fence");
    } else if (fence !== undefined) {
      if (marks.length >= fence.length && line.trim() === marks) fence = undefined;
    } else lines.push(line);
  }
  if (fence !== undefined) skeleton.push("a fence without an end");
  return { lines, skeleton };
}

/** Spans end at a run of backticks as long as the one they began with; what has no end is text. */
function withoutSpans(line: string): string {
  let rest = line;
  let out = "";
  while (true) {
    const start = /`+/.exec(rest);
    if (start === null) return out + rest;
    const [run] = start;
    const after = rest.slice(start.index + run.length);
    const end = [...after.matchAll(/`+/g)].find(([found]) => found.length === run.length);
    out += rest.slice(0, start.index) + (end === undefined ? run : "\u0000");
    rest = end === undefined ? after : after.slice(end.index + run.length);
    // In a table a bar ends its cell inside of code too.
    if (end !== undefined && line.startsWith("|") && after.slice(0, end.index).includes("|")) out += "|";
  }
}

function blockOf(line: string): string {
  const [, mark] = /^ {0,3}(#{1,6}(?= )|[-+*](?= )|\d{1,9}[.)](?= )|>|(?:[-=_*] ?){3,}$|\|)/.exec(line) ?? [];
  return mark ?? (line.trim() === "" ? "" : "text");
}

const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return names[name ?? ""] ?? whole;
  });
