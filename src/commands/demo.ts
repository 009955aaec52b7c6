import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startGithub } from "../emulator/github.ts";
import { startEmulator } from "../emulator/server.ts";
import { git } from "../io/git/run.ts";
import { proposed, published } from "./demo-files.ts";
import { type ExitCode, exit } from "./exit.ts";
import { program } from "./program.ts";
import type { CommonArgs, World } from "./world.ts";

export interface DemoArgs extends Pick<CommonArgs, "json"> {
  readonly keep: boolean;
}

/** Twice the usual: a demonstration should not make anybody wait. */
const speed = 120;
const pull = 7;

/** The life of one pull request, from specs to videos and back into its comment: no key, no network, no cost. */
export async function demo(args: DemoArgs, world: World): Promise<ExitCode> {
  const folder = mkdtempSync(join(tmpdir(), "reelform-demo-"));
  const repository = join(folder, "repository");
  const emulator = await startEmulator({ speed });
  const github = await startGithub({
    repository: "acme/videos",
    pulls: [{ number: pull, head: "add-onboarding", author: "ada", fork: false }],
    accounts: { demo: { login: "reelform[bot]" } },
  });
  // With --json the story goes to the log, and the answer is what it came to.
  const print = args.json ? world.tell : world.print;
  const inside = worldOf({ ...world, print }, repository, {
    REELFORM_EMULATOR_URL: emulator.url,
    GITHUB_API_URL: github.url,
  });
  const say = (text: string): void => print(`\n# ${text}`);
  const reelform = async (line: string): Promise<void> => {
    print(`$ reelform ${line}`);
    const code = await program(line.split(" "), inside);
    if (code !== exit.done) throw new Error(`the demonstration's \`reelform ${line}\` ended with ${code}`);
  };

  try {
    await begin(folder, repository);
    say("a team's repository: two videos on main, generated and locked");
    await reelform("reconcile --emulate --commit --push");

    say("a pull request adds two specs, one of them in two languages, and changes a title and a prompt");
    await git(repository, ["switch", "--quiet", "--create", "add-onboarding"]);
    await commit(repository, proposed, "Onboarding in two languages, a teaser, and more holidays");
    await git(repository, ["push", "--quiet", "--set-upstream", "origin", "add-onboarding"]);
    await reelform("validate");
    await reelform("plan --emulate --out ../plan.json");
    await reelform("comment --plan ../plan.json");

    say("approved as planned: generate, lock, commit, push, comment");
    const { digest } = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as { readonly digest: string };
    await reelform(`reconcile --emulate --expect ${digest.slice(7, 17)} --commit --push --comment`);

    say("once more: nothing is left to do, and nothing is submitted");
    await reelform("reconcile --emulate --commit --push");
    await reelform("pull --to ../videos --quiet");

    print(
      `\n# what the branch has now\n${(await git(repository, ["log", "--oneline", "--stat", "main..", "--"])).trimEnd()}`,
    );
    const [comment] = github.comments(pull);
    print(`\n# the pull request's comment, as GitHub has it\n${comment?.body ?? ""}`);
    const accepted = emulator.ledger().filter(({ kind }) => kind === "accepted").length;
    const files = readdirSync(join(folder, "videos")).sort();
    const videos = files.filter((name) => name.endsWith(".mp4")).map((name) => join(folder, "videos", name));
    const posters = files.length > videos.length ? ", with their posters" : "";
    print(
      `\n# ${accepted} requests were accepted by the emulated API, each once; ${videos.length} videos to look at${posters}:`,
    );
    for (const name of files) print(join(folder, "videos", name));
    if (args.json) world.print(JSON.stringify({ videos, accepted, comment: comment?.body ?? "" }, null, 2));
  } finally {
    await github.close();
    await emulator.close();
    if (!args.keep)
      for (const name of ["repository", "remote.git"]) rmSync(join(folder, name), { recursive: true, force: true });
  }
  print(
    args.keep
      ? `\nthe repository is ${repository}`
      : "\nto look around in the repository: reelform demo --keep, or npm run demo -- --keep",
  );
  return exit.done;
}

/** The same process, in another place: what CI or a person's shell would say of themselves is not known in there. */
function worldOf(world: World, cwd: string, env: Readonly<Record<string, string>>): World {
  const { CI: _, ...outside } = world.env;
  const own = Object.entries(outside).filter(([name]) => !/^(GITHUB|REELFORM)_/.test(name));
  return {
    ...world,
    cwd,
    env: {
      ...Object.fromEntries(own),
      ...env,
      GITHUB_REPOSITORY: "acme/videos",
      GITHUB_TOKEN: "demo",
      GITHUB_REF: `refs/pull/${pull}/merge`,
    },
    terminal: { ...world.terminal, interactive: false },
  };
}

async function begin(folder: string, repository: string): Promise<void> {
  await git(folder, ["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"]);
  await git(folder, ["clone", "--quiet", "remote.git", "repository"]);
  await git(repository, ["symbolic-ref", "HEAD", "refs/heads/main"]);
  await git(repository, ["config", "user.name", "Ada"]);
  await git(repository, ["config", "user.email", "ada@acme.example"]);
  await commit(repository, published, "Our first videos");
  await git(repository, ["push", "--quiet", "--set-upstream", "origin", "main"]);
}

async function commit(repository: string, files: Readonly<Record<string, string>>, message: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(repository, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  await git(repository, ["add", "--", ...Object.keys(files)]);
  await git(repository, ["commit", "--quiet", "--no-verify", `--message=${message}`]);
}
