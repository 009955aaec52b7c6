import { program } from "../../src/commands/program.ts";
import type { World } from "../../src/commands/world.ts";

/** A line of `--help`: a flag or a command with what it means. */
export interface HelpLine {
  readonly term: string;
  readonly meaning: string;
}

/** What `--help` says of the program or of one command. */
export interface Help {
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly HelpLine[];
  readonly commands: readonly HelpLine[];
  readonly example: string | undefined;
}

/** Asks the program for its help, as a person would. Without a name, the help of the whole. */
export async function helpOf(...command: readonly string[]): Promise<Help> {
  const lines: string[] = [];
  await program(
    [...command, "--help"],
    listening((text) => lines.push(text)),
  );
  return read(lines.join("\n"));
}

/** A process that is nowhere and can do nothing but speak. */
const listening = (print: World["print"]): World => ({
  cwd: ".",
  env: {},
  print,
  tell: print,
  terminal: { interactive: false, live: false, colour: false, problemColour: false, columns: 80 },
  time: { clock: { now: () => 0, monotonic: () => 0, sleep: async () => {} }, random: () => 0 },
  stop: new AbortController().signal,
  process: { pid: 0, version: "0" },
  confirm: async () => false,
});

function read(text: string): Help {
  const [head = "", ...sections] = text.split(/\n\n/);
  const section = (title: string): string => sections.find((part) => part.startsWith(`${title}:\n`)) ?? "";
  const example = /^\s*\$ (.+)$/m.exec(section("Example"))?.[1];
  return {
    usage: head.replace(/^Usage: /, ""),
    summary: (sections[0] ?? "").replace(/\s+/g, " ").trim(),
    flags: termsIn(section("Options")),
    commands: termsIn(section("Commands")),
    example,
  };
}

/** A term stands two blanks in, its meaning at least two behind it; what stands further in continues the meaning. */
function termsIn(section: string): readonly HelpLine[] {
  const found: { term: string; meaning: string }[] = [];
  for (const line of section.split("\n").slice(1)) {
    const [, term, meaning = ""] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const last = found.at(-1);
    if (term !== undefined) found.push({ term, meaning: meaning.trim() });
    else if (last !== undefined) last.meaning = `${last.meaning} ${line.trim()}`.trim();
  }
  return found;
}
