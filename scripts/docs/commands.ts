import { type Help, type HelpLine, helpOf } from "./help.ts";
import { code, table } from "./table.ts";

/** The commands, the flags that most of them have, and a section for each with the flags of its own. */
export async function commandReference(): Promise<ReadonlyMap<string, string>> {
  const { commands } = await helpOf();
  const helps = await Promise.all(
    commands
      .map(({ term }) => term.split(" ")[0] ?? "")
      .filter((name) => name !== "help")
      .map(async (name) => ({ name, help: await helpOf(name) })),
  );
  const common = commonIn(helps.map(({ help }) => help.flags));
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

/** The flags that most commands have, as they have them. */
function commonIn(each: readonly (readonly HelpLine[])[]): readonly HelpLine[] {
  const all = each.flat().filter(({ term }) => !isHelp(term));
  const once = all.filter((flag, at) => all.findIndex((other) => same(flag, other)) === at);
  const common = once.filter((flag) => each.filter((flags) => has(flags, flag)).length > each.length / 2);
  if (common.length === 0) throw new Error("no flag is common to most commands");
  return common;
}

const isHelp = (term: string): boolean => term.startsWith("-h,");

const has = (flags: readonly HelpLine[], flag: HelpLine): boolean => flags.some((other) => same(flag, other));

const same = (one: HelpLine, other: HelpLine): boolean => one.term === other.term && one.meaning === other.meaning;

function section(name: string, { usage, summary, flags, example }: Help, common: readonly HelpLine[]): string {
  const own = flags.filter((flag) => !isHelp(flag.term) && !has(common, flag));
  const heeds = common.filter((flag) => has(flags, flag));
  const few =
    heeds.length === 0
      ? "It takes none of the common flags."
      : `Of the common flags it takes ${heeds.map(({ term }) => code(term)).join(", ")} alone.`;
  return [
    `### ${name}`,
    `${code(usage.replace("[options] ", "").replace(" [options]", ""))}: ${summary}.`,
    ...(heeds.length === common.length ? [] : [few]),
    ...(own.length === 0 ? [] : [flagTable(own)]),
    ...(example === undefined ? [] : [`\`\`\`sh\n${example}\n\`\`\``]),
  ].join("\n\n");
}

const flagTable = (flags: readonly HelpLine[]): string =>
  table(
    ["flag", "does"],
    flags.map(({ term, meaning }) => [code(term), meaning]),
  );
