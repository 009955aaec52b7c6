import type { PlannedAction, PlannedUpload, PlanWarning } from "../schema/plan.types.ts";
import type { Trouble } from "./came-to.ts";
import { beginning, shortHash } from "./digest-text.ts";
import type { Section } from "./fit.ts";
import { codeBlock, codeSpan, type Markdown, md, ours } from "./markdown.ts";
import { folded, marked, say } from "./phrase.ts";
import { promptDiffs } from "./prompt-diff.ts";
import { sizeText } from "./size-text.ts";

const nothing = ours("");

/** Longer words of a provider say no more than their beginning. */
const longestMessage = 2_000;

/** What is wrong and what to do: a visible line each, the provider's own words folded beneath. */
export const troubles = (all: readonly Trouble[]): Section => ({
  of: ours("problems"),
  before: nothing,
  rows: together(all).map(trouble),
  between: "\n\n",
  after: nothing,
  share: 0.5,
});

interface Shared extends Trouble {
  readonly units: readonly string[];
}

/** The same trouble of many units is told once. */
function together(all: readonly Trouble[]): readonly Shared[] {
  const groups = new Map<string, Shared>();
  for (const one of all) {
    const key = JSON.stringify([one.what, one.message, one.advice?.text]);
    const group = groups.get(key);
    groups.set(
      key,
      group === undefined ? { ...one, units: [one.unit] } : { ...group, units: [...group.units, one.unit] },
    );
  }
  return [...groups.values()];
}

function trouble({ emoji, units, provider, what, message, advice }: Shared): Markdown {
  const who =
    units.length === 1 ? codeSpan(units[0] ?? "") : md`${units.length} videos, ${codeSpan(units[0] ?? "")} first`;
  const command = advice?.command === undefined ? nothing : md` → ${codeSpan(advice.command)}`;
  const line = md`${ours(emoji)} **${who}** ${marked(what)}${advice === undefined ? nothing : md`. ${marked(advice.text)}`}${command}`;
  if (message === undefined || message.trim() === "") return line;
  const words = message.length > longestMessage ? `${beginning(message, longestMessage)} …` : message;
  return md`${line}

${folded(say`What ${provider} said`, codeBlock(words))}`;
}

export const uploads = (files: readonly PlannedUpload[]): Section => ({
  of: ours("files"),
  before: md`**${files.length === 1 ? ours("1 file") : md`${files.length} files`} would leave the repository**\n\n`,
  rows: files.map(
    ({ path, bytes, mediaType, sha256 }) =>
      md`- ${codeSpan(path)} ${ours(sizeText(bytes))}, ${codeSpan(mediaType)}, sha256 ${codeSpan(shortHash(sha256))}`,
  ),
  between: "\n",
  after: nothing,
  share: 0.5,
});

export const warnings = (all: readonly PlanWarning[]): Section => ({
  of: ours("warnings"),
  before: md`**${all.length === 1 ? ours("1 warning") : md`${all.length} warnings`}**\n\n`,
  rows: all.map(({ file, line, message, hint }) => {
    const place = `${file}:${line}`;
    return md`- ⚠ ${codeSpan(place)} ${codeSpan(message)}${hint === undefined ? nothing : md` (${codeSpan(hint)})`}`;
  }),
  between: "\n",
  after: nothing,
  share: 0.5,
});

export const diffs = (actions: readonly PlannedAction[]): Section => ({
  of: ours("changed texts"),
  before: nothing,
  rows: actions.flatMap(promptDiffs),
  between: "\n\n",
  after: nothing,
  share: 1,
});
