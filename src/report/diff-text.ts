import { wrapped } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { nearChanges, type Stretch, wordDiff } from "./word-diff.ts";

/** A word diff for a terminal: struck and coloured, or `[-gone-]{+come+}` where there is no colour. */
export function diffText(
  { field, before, after }: { readonly field: string; readonly before: string; readonly after: string },
  { paint, columns, words }: { readonly paint: Paint; readonly columns: number; readonly words: number },
): readonly string[] {
  const marked = nearChanges(wordDiff(before, after), words).map(bracketed).join("");
  const lines = wrapped(`${field}: ${marked}`, columns);
  // Marks are put on before the text is broken into lines and coloured after, so that no line ends within a colour.
  let open: "removed" | "added" | undefined;
  return lines.map((line) => {
    const pieces = line.split(/(\[-|-\]|\{\+|\+\})/);
    return pieces
      .map((piece) => {
        if (piece === "[-") open = "removed";
        else if (piece === "{+") open = "added";
        const inked = open === undefined ? piece : paint(open === "removed" ? "red" : "green", piece);
        if (piece === "-]" || piece === "+}") open = undefined;
        return inked;
      })
      .join("");
  });
}

function bracketed({ kind, text }: Stretch): string {
  if (kind === "removed") return `[-${text}-]`;
  return kind === "added" ? `{+${text}+}` : text;
}
