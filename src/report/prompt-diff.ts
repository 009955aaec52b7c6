import type { PlannedAction } from "../schema/plan.types.ts";
import { type Safe, sanitizeFor } from "./escape.ts";
import { joined, type Markdown, md } from "./markdown.ts";
import { folded, say } from "./phrase.ts";
import { longChanges } from "./reason.ts";
import { nearChanges, type Stretch, wordDiff } from "./word-diff.ts";

/** One folded block for each long text that changed: what went is struck through, what came is underlined. */
export function promptDiffs(action: PlannedAction): readonly Markdown[] {
  return longChanges(action.because).map(({ field, before, after }) => {
    const shown = nearChanges(wordDiff(before, after), 25).map(asShown);
    return folded(say`${action.unit}: ${field}`, md`<blockquote>${joined(shown, "")}</blockquote>`);
  });
}

function asShown({ kind, text }: Stretch, at: number, all: readonly Stretch[]): Markdown {
  const safe = lines(sanitizeFor("markdown", text));
  if (kind === "removed") return md`<del>${safe}</del>`;
  if (kind !== "added") return safe;
  return all[at - 1]?.kind === "removed" ? md` <ins>${safe}</ins>` : md`<ins>${safe}</ins>`;
}

/** Markdown would end the quotation at an empty line. */
const lines = (text: Safe<"markdown">): Markdown => text.replaceAll("\n", "<br>") as Markdown;
