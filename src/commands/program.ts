import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, CommanderError, Help, InvalidArgumentError, Option } from "commander";
import { type ProviderName, providerNames } from "../model/unit.ts";
import { parseShard, type Shard } from "../plan/shard.ts";
import { exit, UsageError } from "./exit.ts";
import type { List } from "./skeleton.ts";
import type { CommonArgs, World } from "./world.ts";

/** Reads the command line and runs one command. Resolves to the exit code. */
export async function program(argv: readonly string[], world: World): Promise<number> {
  let code: number = exit.done;
  const root = new Command("reelform")
    .description("Terraform for AI video: specs in Git, a reviewed plan, and no bill twice.")
    .version(world.process.version)
    .showSuggestionAfterError()
    .showHelpAfterError("hint: `reelform --help` lists the commands")
    .configureHelp({ optionDescription: meaning })
    .configureOutput({
      writeOut: (text) => world.print(text.trimEnd()),
      writeErr: (text) => world.tell(text.trimEnd()),
      getOutHasColors: () => world.terminal.colour,
    })
    .exitOverride();

  /** A command with the common flags, or with those of them that it heeds. Its work is loaded when it is run. */
  const command = (
    name: string,
    summary: string,
    example: string,
    heeds: readonly (keyof CommonFlags)[] = ["dir", "config", "emulate", "json", "quiet", "verbose", "color"],
  ): Command => {
    const made = root
      .command(name)
      .description(summary)
      .showHelpAfterError(`hint: \`reelform ${name.split(" ")[0]} --help\` lists what it takes`)
      .addHelpText("after", `\nExample:\n  $ reelform ${example}`);
    for (const flag of heeds) made.addOption(commonFlag(flag, world));
    return made;
  };

  const run = (work: () => Promise<number>) => async (): Promise<void> => {
    code = await work();
  };

  command("init", "begin a project: a project file, a spec, a workflow; overwrites nothing", "init --ci github", [
    "dir",
  ])
    .addOption(provider())
    .addOption(new Option("--ci <system>", "write the workflow of a CI system too").choices(["github"]))
    .action((flags: Pick<CommonFlags, "dir"> & { provider?: ProviderName; ci?: "github" }) =>
      run(async () => (await import("./init.ts")).init(flags, plainWorld(world, flags)))(),
    );

  command("new <id>", "begin a spec", "new onboarding/welcome --matrix language=en,es", ["dir", "config", "color"])
    .addOption(provider())
    .addOption(
      new Option("--matrix <name=values>", "one video for each value: language=en,es").argParser(listing).default([]),
    )
    .action((id: string, flags: Pick<CommonFlags, "dir" | "config"> & NewFlags) =>
      run(async () => (await import("./new.ts")).newSpec({ ...flags, id }, plainWorld(world, flags)))(),
    );

  const validate = command("validate [paths...]", "check specs and the project file, all problems at once", "validate");
  validate
    .addOption(
      new Option("--format <format>", "how to print problems")
        .choices(["text", "json", "github", "sarif"])
        .default("text"),
    )
    .addOption(locks())
    .action((paths: string[], flags: CommonArgs & { format: "text" | "json" | "github" | "sarif"; locks?: string }) =>
      run(async () => (await import("./validate.ts")).validate({ ...flags, paths }, plainWorld(world, flags)))(),
    );

  planning(command("plan [selectors...]", "what would happen, why, and for how much", "plan 'videos/hr/**'"))
    .option("--expect <digest>", "refuse when the plan is not the approved one")
    .addOption(since())
    .addOption(locks())
    .option("--detailed-exitcode", "exit 2 when there is something to do", false)
    .addOption(
      new Option("--format <format>", "how to print the plan")
        .choices(["text", "json", "markdown", "matrix"])
        .default("text"),
    )
    .option("--shards <runs>", "into how many runs the work may be cut; for --format matrix", atLeastOne)
    .action((selectors: string[], flags: PlanFlags & PlanPrintFlags) =>
      run(async () => (await import("./plan.ts")).plan({ ...flags, selectors }, plainWorld(world, flags)))(),
    );

  spending(
    planning(
      command(
        "reconcile [selectors...]",
        "make the locks match the specs: submit what changed, keep the files",
        "reconcile --max-cost 8",
      ),
    ),
  )
    .option("--dry-run", "the same as plan", false)
    .option("--plan <file>", "carry out what this plan file says, and nothing else")
    .option("--expect <digest>", "refuse when the plan is not the approved one")
    .addOption(since())
    .option(
      "--unless-moved <branch>",
      "begin nothing once this branch of the remote has moved on from what is checked out",
    )
    .option("--max-cost <dollars>", "refuse to spend more than this", dollars)
    .option("-y, --yes", "spend without asking", false)
    .option("--concurrency <jobs>", "jobs in flight for each provider", atLeastOne)
    .option("--shard <i/N>", "carry out one part of N of the plan, with its part of slots and rates", shard)
    .option("--fail-fast", "stop submitting after the first failure", false)
    .option("--allow-unknown-cost", "submit what has no known price", false)
    .option("--allow-unjournaled", "spend although the remote does not take the journal", false)
    .action((selectors: string[], flags: PlanFlags & SpendFlags & ReconcileFlags) =>
      run(async () => (await import("./reconcile.ts")).reconcile({ ...flags, selectors }, plainWorld(world, flags)))(),
    );

  spending(command("resume [selectors...]", "finish what is already paid for; never submits", "resume --commit --push"))
    .option("--out <file>", "write the result as JSON")
    .action((selectors: string[], flags: CommonArgs & SpendFlags & { out?: string }) =>
      run(async () => (await import("./resume.ts")).resume({ ...flags, selectors }, plainWorld(world, flags)))(),
    );

  command("check [selectors...]", "do locks and specs agree? needs no key and no network", "check").action(
    (selectors: string[], flags: CommonArgs) =>
      run(async () => (await import("./check.ts")).check({ ...flags, selectors }, plainWorld(world, flags)))(),
  );

  command("status [selectors...]", "every unit: state, age, cost, link", "status state:failed")
    .option("--claims", "what may have been charged for nothing, as letters to the support of its providers", false)
    .action((selectors: string[], { claims, ...flags }: CommonArgs & { claims: boolean }) =>
      run(async () => {
        const told = { ...flags, selectors };
        const here = plainWorld(world, flags);
        return claims
          ? (await import("./claims.ts")).claims(told, here)
          : (await import("./status.ts")).status(told, here);
      })(),
    );

  command("why <unit>", "which fields differ from what was generated", "why onboarding/intro@es").action(
    (unit: string, flags: CommonArgs) =>
      run(async () => (await import("./why.ts")).why({ ...flags, unit }, plainWorld(world, flags)))(),
  );

  command("resolve <unit>", "settle a submit whose answer was lost", "resolve onboarding/intro@es --job 7d0c2f5e")
    .addOption(new Option("--job <id>", "it became this job").argParser(jobId).conflicts(["none", "abandon"]))
    .addOption(
      new Option("--none", "it was never accepted: it may be submitted again").conflicts("abandon").default(false),
    )
    .option("--abandon", "stop asking: count it as failed", false)
    .option("--push", "push the journal", false)
    .action((unit: string, flags: CommonArgs & { job?: string; none: boolean; abandon: boolean; push: boolean }) =>
      run(async () =>
        (await import("./resolve.ts")).resolve({ ...flags, unit, job: flags.job }, plainWorld(world, flags)),
      )(),
    );

  command("pull [selectors...]", "fetch finished files to disk, verified", "pull --to downloads")
    .option("--to <folder>", "where to put them", "downloads")
    .action((selectors: string[], flags: CommonArgs & { to: string }) =>
      run(async () => (await import("./pull.ts")).pull({ ...flags, selectors }, plainWorld(world, flags)))(),
    );

  command("providers [names...]", "what each provider can do: models and prices as of a day, keys", "providers golpo", [
    "dir",
    "emulate",
    "json",
    "color",
  ])
    .option("--refresh", "ask for today's models, and keep them in catalogue/ to be committed", false)
    .action((names: string[], flags: Pick<CommonFlags, "dir" | "emulate" | "json" | "color"> & { refresh: boolean }) =>
      run(async () =>
        (await import("./providers.ts")).providersCommand({ ...flags, names }, plainWorld(world, flags)),
      )(),
    );

  command("comment", "put a plan or a result on a pull request", "comment --plan plan.json --pr 12", ["dir", "json"])
    .option("--plan <file>", "a file made by `plan --out`")
    .option("--result <file>", "a file made by `reconcile --out` or `resume --out`")
    .option("--pr <number>", "the pull request; in GitHub Actions it is known", atLeastOne)
    .addOption(scope())
    .option("--approve-label <name>", "say that this label approves the plan; in the Action it does")
    .action((flags: CommentFlags) =>
      run(async () => {
        const [{ comment }, { commentPorts }, { scopeOf }] = await Promise.all([
          import("./comment.ts"),
          import("./comment-ports.ts"),
          import("./checkout.ts"),
        ]);
        const here = plainWorld(world, flags);
        const { plan, result, pr, approveLabel, json } = flags;
        const scope = await scopeOf(flags.scope, here.cwd);
        return comment({ plan, result, pr, scope, approveLabel, json }, commentPorts(here));
      })(),
    );

  command("emulate", "serve the video APIs on loopback", "emulate --port 8787", ["dir", "json"])
    .option("--port <port>", "0 takes a free one", portNumber, 0)
    .option("--speed <factor>", "how many times as fast as the real ones", positive, 60)
    .option("--seed <number>", "the same seed behaves the same", count, 1)
    .option("--faults <file>", "what goes wrong: JSON or YAML")
    .action(
      (flags: Pick<CommonFlags, "dir" | "json"> & { port: number; speed: number; seed: number; faults?: string }) =>
        run(async () => {
          const [{ emulate }, { readFileSync }] = await Promise.all([import("./emulate.ts"), import("node:fs")]);
          const { port, speed, seed, faults, json } = flags;
          const { cwd } = plainWorld(world, flags);
          const readFile = (path: string): string => readFileSync(resolve(cwd, path), "utf8");
          return emulate({ port, speed, seed, faults, json }, { print: world.print, signal: world.stop, readFile });
        })(),
    );

  command("demo", "the whole story in a scratch repository: no key, no network", "demo", ["json", "color"])
    .option("--keep", "leave the repository for a look around", false)
    .action((flags: Pick<CommonFlags, "json" | "color"> & { keep: boolean }) =>
      run(async () => (await import("./demo.ts")).demo(flags, plainWorld(world, flags)))(),
    );

  try {
    await root.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exit.done : exit.usage;
  }
  return code;
}

export interface PlanFlags extends CommonArgs {
  readonly out?: string;
  readonly replace: readonly string[];
  readonly retry: readonly string[];
  readonly exclude: readonly string[];
  readonly base?: string;
}

interface PlanPrintFlags {
  readonly locks?: string;
  readonly expect?: string;
  readonly since?: string;
  readonly detailedExitcode: boolean;
  readonly format: "text" | "json" | "markdown" | "matrix";
  readonly shards?: number;
}

interface NewFlags {
  readonly provider?: ProviderName;
  readonly matrix: readonly List[];
}

interface CommentFlags extends Pick<CommonFlags, "dir" | "json"> {
  readonly plan?: string;
  readonly result?: string;
  readonly pr?: number;
  readonly scope?: string;
  readonly approveLabel?: string;
}

export interface SpendFlags {
  readonly wait?: number;
  readonly commit: boolean;
  readonly push: boolean;
  readonly commitVia: "git" | "api";
  readonly comment: boolean;
  readonly scope?: string;
  readonly events: boolean;
}

export interface ReconcileFlags {
  readonly dryRun: boolean;
  readonly plan?: string;
  readonly expect?: string;
  readonly since?: string;
  readonly unlessMoved?: string;
  readonly maxCost?: string;
  readonly yes: boolean;
  readonly concurrency?: number;
  readonly failFast: boolean;
  readonly allowUnknownCost: boolean;
  readonly allowUnjournaled: boolean;
  readonly shard?: Shard;
}

const planning = (command: Command): Command =>
  command
    .option("--out <file>", "write the plan, or the result, as JSON")
    .option("--base <ref>", "show what changed against this commit")
    .option("--replace <unit>", "make another take of a unit that is fine", list, [])
    .option("--retry <class>", "try failures of this class again, and pay again", list, [])
    .option("--exclude <selector>", "leave these out", list, []);

const spending = (command: Command): Command =>
  command
    .option("--wait <duration>", "how long to wait for jobs: 0, 90s, 20m, 2h", duration)
    .option("--commit", "commit the lockfiles", false)
    .option("--push", "push the commit and the journal", false)
    .addOption(
      new Option("--commit-via <way>", "how the commit is pushed; api: GitHub makes it on the branch, and signs it")
        .choices(["git", "api"])
        .default("git"),
    )
    .option("--comment", "report on the pull request", false)
    .addOption(scope())
    .option("--events", "NDJSON events on stdout", false);

/** That a flag is off, or a list empty, unless it is given goes without saying. */
const meaning = (option: Option): string => {
  const start: unknown = option.defaultValue;
  const empty = start === false || (Array.isArray(start) && start.length === 0);
  return empty ? option.description : new Help().optionDescription(option);
};

const locks = (): Option =>
  new Option("--locks <ref>", "go by the lockfiles that this commit has; one that was changed since is an error");

const since = (): Option =>
  new Option(
    "--since <commit>",
    "what that plan was made for: with --expect, what earlier runs left of it is approved",
  );

const scope = (): Option =>
  new Option("--scope <name>", "which of the pull request's comments; one for each project's folder unless told");

const provider = (): Option => new Option("--provider <name>", "whose fields it has").choices([...providerNames]);

function listing(text: string, before: readonly List[]): readonly List[] {
  const [, name, values] = /^([A-Za-z_][A-Za-z0-9_-]*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || values === undefined) throw new InvalidArgumentError("a list is wanted: language=en,es");
  return [...before, { name, values: values.split(",").map((value) => value.trim()) }];
}

const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is wanted");
  return Number(text);
}

function atLeastOne(text: string): number {
  const number = count(text);
  if (number === 0) throw new InvalidArgumentError("a whole number above 0 is wanted");
  return number;
}

function portNumber(text: string): number {
  const number = count(text);
  if (number > 65_535) throw new InvalidArgumentError("a number up to 65535 is wanted");
  return number;
}

function positive(text: string): number {
  if (!(Number(text) > 0 && Number(text) < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError("a number above 0 is wanted");
  return Number(text);
}

function shard(text: string): Shard {
  const found = parseShard(text);
  if (found === undefined) throw new InvalidArgumentError("a part is wanted, such as 2/8");
  return found;
}

function dollars(text: string): string {
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text)) throw new InvalidArgumentError("dollars are wanted, such as 8 or 4.50");
  return text;
}

/** As a lock may hold it; what begins like a flag was meant to be one. */
function jobId(text: string): string {
  if (!/^(?!-|\.+$)[^\s\p{Cc}?#]{1,256}$/u.test(text)) throw new InvalidArgumentError("a job's id is wanted");
  return text;
}

const seconds = { "": 1, s: 1, m: 60, h: 3_600 } as const;

function duration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("a duration is wanted, such as 0, 90s, 20m or 2h");
  return Number(amount) * seconds[(unit ?? "") as keyof typeof seconds] * 1_000;
}

interface CommonFlags extends CommonArgs {
  readonly color: boolean;
}

/** A flag that means the same wherever it is taken. */
function commonFlag(name: keyof CommonFlags, { cwd }: World): Option {
  switch (name) {
    case "dir":
      return new Option("-C, --dir <folder>", "run as if started in this folder")
        .argParser((folder) => resolve(cwd, folder))
        .default(cwd, '"."');
    case "config":
      return new Option("--config <file>", "the project file, instead of reelform.yaml");
    case "emulate":
      return new Option("--emulate", "run against an embedded emulator: no key, no network, no cost").default(false);
    case "json":
      return new Option("--json", "one JSON document on stdout").default(false);
    case "quiet":
      return new Option("--quiet", "only the answer").default(false);
    case "verbose":
      return new Option("--verbose", "every change of state").default(false);
    case "color":
      return new Option("--no-color", "plain text");
  }
}

/** What the common flags make of the world: they are known only now. */
function plainWorld(world: World, flags: Partial<CommonFlags>): World {
  const { dir = world.cwd } = flags;
  if (flags.quiet === true && flags.verbose === true)
    throw new UsageError("--quiet and --verbose exclude each other", "use one of them");
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${dir}`, "--dir is relative to the folder that you stand in");
  const terminal = flags.color === false ? { ...world.terminal, colour: false, problemColour: false } : world.terminal;
  return { ...world, cwd: dir, terminal };
}
