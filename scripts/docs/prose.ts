import type { Json } from "../../src/model/json.ts";

/** A schema's plain words as Markdown: placeholders and the values that a sentence explains are shown as code. */
export function prose(words: string, choices: readonly Json[] = []): string {
  const names = choices.map(String);
  return words
    .split(/(\$\{\{.*?\}\})/)
    .map((part) => (part.startsWith("${{") ? `\`${part}\`` : part.replaceAll("<", "&lt;")))
    .join("")
    .replace(/(^|\. )([\w-]+):/g, (all, before: string, name: string) =>
      names.includes(name) ? `${before}\`${name}\`:` : all,
    );
}
