import { type Help, type HelpLine, helpOf } from "./help.ts";
import { code, table } from "./table.ts";

/** The commands, the flags that all of them have, and a section for each with the flags of its own. */
export async function commandReference(): Promise<ReadonlyMap<string, string>> {
  const { commands } = await helpOf();
  const helps = await Promise.all(
    commands
      .map(({ term }) => term.split(" ")[0] ?? "")
      .filter((name) => name !== "help")
      .map(async (name) => ({ name, help: await helpOf(name) })),
  );
  const [first, ...others] = helps.map(({ help }) => help.flags.filter(({ term }) => !isHelp(term)));
  const common = (first ?? []).filter((flag) => others.every((flags) => flags.some((other) => same(flag, other))));
  return new Map([
    [
      "commands",
      table(
        ["command", "does"],
        helps.map(({ name, help }) => [`[${name}](#${name})`, help.summary]),
      ),
    ],
    ["common flags", flagTable(common)],
    ["command flags", helps.map(({ name, help }) => section(name, help, common)).join("\n\n")],
  ]);
}

const isHelp = (term: string): boolean => term.startsWith("-h,");

const same = (one: HelpLine, other: HelpLine): boolean => one.term === other.term && one.meaning === other.meaning;

function section(name: string, { usage, summary, flags, example }: Help, common: readonly HelpLine[]): string {
  const own = flags.filter((flag) => !isHelp(flag.term) && !common.some((other) => same(flag, other)));
  return [
    `### ${name}`,
    `${code(usage.replace("[options] ", "").replace(" [options]", ""))}: ${summary}.`,
    ...(own.length === 0 ? [] : [flagTable(own)]),
    ...(example === undefined ? [] : [`\`\`\`sh\n${example}\n\`\`\``]),
  ].join("\n\n");
}

const flagTable = (flags: readonly HelpLine[]): string =>
  table(
    ["flag", "does"],
    flags.map(({ term, meaning }) => [code(term), meaning]),
  );
