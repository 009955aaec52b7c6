const marked = /(<!-- generated: ([\w -]+) -->\n)([\s\S]*?)(<!-- end -->)/g;

/** The text with each of its generated parts made anew. Throws where a part has no maker, or a maker no part. */
export function withParts(text: string, parts: ReadonlyMap<string, string>): string {
  const unused = new Set(parts.keys());
  const filled = text.replace(marked, (_, begin: string, name: string, __, end: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`nobody makes the part "${name}"`);
    unused.delete(name);
    return `${begin}\n${part.trim()}\n\n${end}`;
  });
  if (unused.size > 0) throw new Error(`no place is marked for ${[...unused].join(", ")}`);
  return filled;
}
