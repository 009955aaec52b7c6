import { diffWordsWithSpace } from "diff";

/** A stretch of text that stayed, went or came; or a note that something unchanged is left out. */
export interface Stretch {
  readonly kind: "same" | "removed" | "added" | "skipped";
  readonly text: string;
}

/** Beyond this a word diff says little, and finding it takes long. In characters of both texts. */
const longest = 40_000;

/** Which words differ. Very long texts count as replaced as a whole. */
export function wordDiff(before: string, after: string): readonly Stretch[] {
  const whole: readonly Stretch[] = [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
  if (before.length + after.length > longest) return whole;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: 2_000 });
  if (parts === undefined) return whole;
  return parts.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

/** The same diff with no more than `words` unchanged words around each change. */
export function nearChanges(diff: readonly Stretch[], words: number): readonly Stretch[] {
  return diff.flatMap((stretch, at) => {
    if (stretch.kind !== "same") return [stretch];
    const tokens = stretch.text.match(/^\s*\S+\s*|\S+\s*/g) ?? [];
    const head = at === 0 ? 0 : words;
    const tail = at === diff.length - 1 ? 0 : words;
    if (tokens.length <= head + tail + 3) return [stretch];
    return [
      { kind: "same", text: tokens.slice(0, head).join("").trimEnd() },
      { kind: "skipped", text: tail === 0 ? " …" : head === 0 ? "… " : " … " },
      { kind: "same", text: tail === 0 ? "" : tokens.slice(-tail).join("") },
    ] as const;
  });
}
