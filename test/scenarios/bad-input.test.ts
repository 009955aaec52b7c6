import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";
import { treeOf } from "../support/cli/tree.ts";

interface Wrong {
  readonly text: string;
  /** Where the problem is told: line and column. */
  readonly at: string;
  readonly said: RegExp;
  /** Whether there is something that a person can do beyond what was said. */
  readonly hint: boolean;
}

const good = spec("Why the sea rises and falls");
const withField = (field: string): string => `${good}  ${field}\n`;
const deep = `labels: ${"[".repeat(200)}${"]".repeat(200)}\n${good}`;
const bomb = `a: &a [x, x]\nb: &b [${"*a, ".repeat(9)}*a]\nc: [${"*b, ".repeat(9)}*b]\n${good}`;

const wrong: Readonly<Record<string, Wrong>> = {
  "unknown-key": { text: withField("promt: hello"), at: "5:3", said: /unknown key "promt"/, hint: true },
  "bad-enum": { text: withField("video_type: lnog"), at: "5:15", said: /video_type/, hint: true },
  "duplicate-key": { text: withField('timing: "1"'), at: "5:3", said: /timing/, hint: false },
  tab: { text: good.replace("  timing", "\ttiming"), at: "4:", said: /tab/, hint: true },
  documents: { text: `${good}---\n${good}`, at: "5:1", said: /second document/, hint: true },
  aliases: { text: bomb, at: "", said: /alias/, hint: false },
  proto: { text: `__proto__: { polluted: true }\n${good}`, at: "1:1", said: /__proto__/, hint: false },
  deep: { text: deep, at: "1:", said: /deeper than 64/, hint: false },
  large: { text: `${good}# ${"x".repeat(2 * 1024 * 1024)}\n`, at: "1:1", said: /larger than 1 MiB/, hint: false },
  "missing-asset": { text: withField("logo: ./nowhere.png"), at: "5:9", said: /nowhere\.png/, hint: false },
  "asset-outside": { text: withField("logo: ./outside.png"), at: "5:9", said: /outside/, hint: false },
  "asset-kind": { text: withField("logo: ./song.png"), at: "5:9", said: /song\.png/, hint: false },
  "broken-yaml": { text: 'provider: golpo\nwith: { prompt: "never closed\n', at: "", said: /error/, hint: false },
};

const conflict = `{
<<<<<<< ours
  "lockVersion": 1,
=======
  "lockVersion": 1,
>>>>>>> theirs
  "units": {}
}
`;

/** Thirteen wrong specs, a good one and a lockfile in the middle of a merge. */
async function ruins(staging: Parameters<typeof stage>[1]): Promise<Stage> {
  const videos = await stage(
    {
      ...Object.fromEntries(Object.entries(wrong).map(([name, { text }]) => [`videos/${name}.yaml`, text])),
      "videos/good.yaml": good,
      "videos/good.lock.json": conflict,
      "videos/song.png": "RIFF\u0024\0\0\0WAVEfmt ",
    },
    staging,
  );
  await writeFile(join(videos.path, "..", "outside.png"), "a secret of somebody else");
  await symlink("../../outside.png", join(videos.path, "videos/outside.png"));
  return videos;
}

test("every problem of every file is told in one run, nothing is sent and no file changes", async () => {
  const golpo = await api();
  const videos = await ruins({ api: golpo });
  const before = await treeOf(videos.path);

  const ran = await videos.reelform("reconcile --emulate --yes --commit --push");
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  for (const [name, { at, said, hint }] of Object.entries(wrong)) {
    const lines = ran.stderr.split("\n");
    const index = lines.findIndex((line) => line.startsWith(`videos/${name}.yaml:${at}`));
    expect(lines[index], `${name} in\n${ran.stderr}`).toMatch(/^videos\/[\w-]+\.yaml:\d+:\d+ error /);
    const end = lines.findIndex((line, place) => place > index && /^\S/.test(line));
    const told = lines.slice(index, end).join("\n");
    expect(told, name).toMatch(said);
    expect(/^ {2}hint: /m.test(told) || !hint, told).toBe(true);
  }
  expect(ran.stderr).toMatch(/^videos\/good\.lock\.json:2:1 error .*conflict/m);
  expect(ran.stderr).toMatch(/\d+ errors; nothing was submitted and nothing was changed\n$/);
  expect(ran.stderr).not.toMatch(/a secret of somebody else|at .*\.js:\d+/);

  expect(golpo.seen).toEqual([]);
  expect(await treeOf(videos.path)).toEqual(before);
  expect(({} as { readonly polluted?: boolean }).polluted).toBeUndefined();
});

test.each(["validate", "plan", "check", "status", "why good", "resume --emulate", "resolve good --emulate", "pull"])(
  "%s refuses wrong files with the same exit code",
  async (line) => {
    const videos = await ruins({});
    const before = await treeOf(videos.path);
    const ran = await videos.reelform(line);
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toMatch(/unknown-key\.yaml:5:3 error/);
    expect(await treeOf(videos.path)).toEqual(before);
  },
);

test("a wrong project file is told with its place too", async () => {
  const videos = await stage({ "reelform.yaml": "version: 1\nbudgt: { perRun: 5 }\n", "videos/good.yaml": good });
  const ran = await videos.reelform("plan");
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr).toMatch(/^reelform\.yaml:2:1 error unknown key "budgt"/);
  expect(ran.stderr).toMatch(/hint: did you mean "budget"\?/);
});

test("a key in a file is refused, and not repeated", async () => {
  const key = "sk-live-0123456789abcdefghijklmnopqrstuv";
  const videos = await stage({ "videos/good.yaml": withField(`extra: { api_key: ${key} }`) });
  const ran = await videos.reelform("validate");
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.stderr + ran.stdout).not.toContain(key);
});

test("a spec whose asset is a link to another file of the repository is fine", async () => {
  const videos = await stage({ "videos/notes.prompt.md": "Why the sea rises\n" });
  await symlink("notes.prompt.md", join(videos.path, "videos/alias.md"));
  await videos.write({ "videos/good.yaml": good.replace(/prompt: .*/, "prompt: { file: alias.md }") });
  expect(await videos.reelform("validate")).toMatchObject({ code: 0 });
});

test("a folder without specs is no mistake, a folder that is not there is", async () => {
  const videos = await stage({ "README.md": "nothing yet\n" });
  expect(await videos.reelform("plan --detailed-exitcode")).toMatchObject({ code: 0 });
  const ran = await videos.reelform("plan --dir nowhere");
  expect(ran).toMatchObject({ code: 64 });
  expect(ran.stderr).toMatch(/nowhere/);
});

test("outside a Git repository specs can be planned, and not paid for", async () => {
  const golpo = await api();
  const videos = await stage({ "videos/good.yaml": good }, { api: golpo });
  await videos.remove(".git");
  expect(await videos.reelform("plan")).toMatchObject({ code: 0 });
  const ran = await videos.reelform("reconcile --emulate --yes");
  expect(ran).toMatchObject({ code: 4 });
  expect(ran.stderr).toMatch(/git init/);
  expect(golpo.seen).toEqual([]);
});
