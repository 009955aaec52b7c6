import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startGithub } from "../../src/emulator/github.ts";
import type { Event } from "../../src/model/event.ts";
import type { Output } from "../../src/model/output.ts";
import { displayWidth } from "../../src/report/columns.ts";
import { type Api, api } from "../support/cli/api.ts";
import { inWords, outcomes, planIn, planned, resultIn } from "../support/cli/plans.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";
import { inTerminal } from "../support/cli/terminal.ts";

const prompt = "Why the sea rises and falls";
const specs = {
  "videos/tides.yaml": spec(prompt, { head: { title: "Tides" } }),
  "videos/winds.yaml": spec("Where the wind comes from"),
};
const reconcile = "reconcile --emulate --yes --commit";

interface Made {
  readonly videos: Stage;
  readonly golpo: Api;
}

/** A repository whose two videos are made. */
async function made(): Promise<Made> {
  const golpo = await api();
  const videos = await stage(specs, { api: golpo });
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  return { videos, golpo };
}

async function outputOf(videos: Stage, unit: string): Promise<Output> {
  const entry = (await videos.locks()).get(unit);
  const [output] = entry?.state === "ready" ? entry.outputs : [];
  if (output === undefined) throw new Error(`${unit} has no output`);
  return output;
}

/** The one JSON document that a command answers with; nothing else may stand on stdout. */
async function documentOf<T>(videos: Stage, line: string, code = 0): Promise<T> {
  const ran = await videos.reelform(`${line} --json`, { TMPDIR: dirname(videos.path) });
  expect(ran.code, ran.stderr).toBe(code);
  expect(ran.stdout).toMatch(/^[{[][\s\S]*[}\]]\n$/);
  return JSON.parse(ran.stdout) as T;
}

describe("--json is one document", () => {
  test("of plan, check and a dry run, by the plan's schema", async () => {
    const videos = await stage(specs);
    for (const line of ["plan", "check", "reconcile --dry-run", "plan --format markdown"]) {
      const document = await documentOf(videos, line, line === "check" ? 2 : 0);
      expect(inWords(planIn(JSON.stringify(document))), line).toEqual({ tides: "create", winds: "create" });
    }
  });

  test("of reconcile and resume, by the result's schema", async () => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo });
    const detached = await documentOf(videos, `${reconcile} --wait 0`, 7);
    expect(outcomes(resultIn(JSON.stringify(detached)))).toEqual({ tides: "running", winds: "running" });
    const collected = await documentOf(videos, "resume --emulate --commit");
    expect(outcomes(resultIn(JSON.stringify(collected)))).toEqual({ tides: "generated", winds: "generated" });
    const again = await documentOf(videos, reconcile);
    expect(outcomes(resultIn(JSON.stringify(again)))).toEqual({ tides: "kept", winds: "kept" });
  });

  test("of status, why, validate, pull and resolve", async () => {
    const { videos } = await made();
    const { units } = await documentOf<{ units: { unit: string; state: string }[] }>(videos, "status");
    expect(units.map(({ unit, state }) => `${unit} ${state}`)).toEqual(["tides ready", "winds ready"]);
    const why = await documentOf<{ actions: { unit: string; kind: string }[] }>(videos, "why tides --emulate");
    expect(why.actions).toMatchObject([{ unit: "tides", kind: "keep" }]);
    expect(await documentOf(videos, "validate")).toEqual({
      formatVersion: "1.0",
      errors: 0,
      warnings: 0,
      problems: [],
    });
    const { files } = await documentOf<{ files: { unit: string; ok: boolean }[] }>(videos, "pull --to ../here");
    expect(files.map(({ unit, ok }) => [unit, ok])).toEqual([
      ["tides", true],
      ["winds", true],
    ]);
    expect(await documentOf(videos, "resolve tides --emulate")).toEqual({ kind: "nothing-open", unit: "tides" });
    expect(await documentOf<readonly unknown[]>(videos, "providers")).not.toEqual([]);
  });

  test("of the demonstration, which tells its story beside it", async () => {
    const videos = await stage({});
    const document = await documentOf<{ videos: string[]; accepted: number; comment: string }>(videos, "demo");
    expect(document).toMatchObject({ accepted: 6, comment: expect.stringMatching(/^<!-- reelform/) });
    expect(document.videos).toHaveLength(5);
  });

  test("and where a run is refused, or files are wrong, stdout is empty", async () => {
    const videos = await stage({ ...specs, "broken/rain.yaml": "promt: Rain\n" });
    expect(await videos.reelform("reconcile --json")).toMatchObject({ code: 4, stdout: "" });
    await videos.git("mv", "broken/rain.yaml", "videos/rain.yaml");
    for (const command of ["plan", "reconcile", "resume", "check", "status", "pull"])
      expect(await videos.reelform(`${command} --json`), command).toMatchObject({ code: 3, stdout: "" });
    const problems = await documentOf<{ errors: number }>(videos, "validate", 3);
    expect(problems.errors).toBeGreaterThan(0);
  });
});

describe("--events", () => {
  type Told = Event & { readonly at: string };
  const linesOf = (stdout: string): readonly unknown[] =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);

  test("tell of every submit and every result, one JSON document a line", async () => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo });
    const ran = await videos.reelform(`${reconcile} --events`);
    expect(ran).toMatchObject({ code: 0 });
    const events = linesOf(ran.stdout) as readonly Told[];
    for (const { at } of events) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    const submitted = events.flatMap((event) =>
      event.kind === "note" && event.note.kind === "submitted" ? [event.note.job] : [],
    );
    expect(submitted.sort()).toEqual(
      golpo
        .accepted()
        .map(({ job }) => job)
        .sort(),
    );
    const ready = events.flatMap((event) =>
      event.kind === "became" && event.entry.state === "ready" ? [[event.id, event.entry.outputs[0]?.url]] : [],
    );
    expect(Object.fromEntries(ready)).toEqual({
      tides: (await outputOf(videos, "tides")).url,
      winds: (await outputOf(videos, "winds")).url,
    });
  });

  test("with --json end in the result, in a line of its own", async () => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo });
    const ran = await videos.reelform(`${reconcile} --events --json`);
    expect(ran).toMatchObject({ code: 0 });
    const result = linesOf(ran.stdout).at(-1);
    expect(outcomes(resultIn(JSON.stringify(result)))).toEqual({ tides: "generated", winds: "generated" });
  });

  test("of a run that has nothing to do are none", async () => {
    const { videos } = await made();
    expect(await videos.reelform(`${reconcile} --events`)).toMatchObject({ code: 0, stdout: "" });
  });
});

describe("--out", () => {
  test("a plan file is what reconcile --plan carries out", async () => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo });
    const printed = await videos.reelform("plan tides --emulate --json --out plan.json");
    expect(await videos.read("plan.json")).toBe(printed.stdout);

    const ran = await videos.reelform(`${reconcile} --plan plan.json --out result.json`);
    expect(ran).toMatchObject({ code: 5 });
    expect(outcomes(resultIn((await videos.read("result.json")) ?? ""))).toEqual({ tides: "generated", winds: "held" });
    expect(golpo.accepted()).toHaveLength(1);
  });

  test("resume writes its result too", async () => {
    const golpo = await api();
    const videos = await stage(specs, { api: golpo });
    expect(await videos.reelform(`${reconcile} --wait 0 --out begun.json`)).toMatchObject({ code: 7 });
    const ran = await videos.reelform("resume --emulate --commit --json --out ended.json");
    expect(ran).toMatchObject({ code: 0 });
    expect(await videos.read("ended.json")).toBe(ran.stdout);
    expect(resultIn((await videos.read("begun.json")) ?? "").exitCodes).toEqual([7]);
    expect(resultIn(ran.stdout)).toMatchObject({ exitCodes: [0], totals: { outcomes: { generated: 2 } } });
  });

  test.each(["plan --emulate", reconcile, "resume --emulate"])(
    "%s says at once that a file cannot be written, and begins nothing",
    async (line) => {
      const golpo = await api();
      const videos = await stage(specs, { api: golpo });
      for (const out of ["nowhere/result.json", "videos"]) {
        const ran = await videos.reelform(`${line} --out ${out}`);
        expect(ran).toMatchObject({ code: 64, stdout: "" });
        expect(ran.stderr).toMatch(/^error --out \S+: no file can be written there\nhint: /);
      }
      expect(golpo.seen).toEqual([]);
    },
  );
});

describe("--dir", () => {
  test("is where the project is, and where the files are that are named", async () => {
    const golpo = await api();
    const videos = await stage(
      { "acme/videos/tides.yaml": spec(prompt), "acme/reelform.yaml": "version: 1\n" },
      { api: golpo },
    );
    const github = await startGithub({
      repository: "acme/videos",
      pulls: [{ number: 12, head: "tides", author: "ada", fork: false }],
      accounts: { token: { login: "reelform[bot]" } },
    });
    onTestFinished(() => github.close());
    const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: "acme/videos", GITHUB_TOKEN: "token" };

    expect(await videos.reelform("plan -C acme --emulate --out plan.json")).toMatchObject({ code: 0 });
    expect(planIn((await videos.read("acme/plan.json")) ?? "").actions).toHaveLength(1);
    const told = await videos.reelform("comment -C acme --plan plan.json --pr 12 --json", env);
    expect(told, told.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(told.stdout)).toMatchObject({ comment: "created" });
    expect(github.comments(12)[0]?.body).toContain("tides");

    const run = "reconcile -C acme --emulate --plan plan.json --out result.json --commit";
    expect(await videos.reelform(run)).toMatchObject({ code: 0 });
    expect(await videos.reelform("pull -C acme --to here --quiet")).toMatchObject({ code: 0 });
    const output = (await videos.lock("acme/videos/tides.lock.json")).get("tides");
    const [file] = output?.state === "ready" ? output.outputs : [];
    expect(await videos.read(`acme/here/${file?.url.replace(/^.*\//, "")}`)).toBeDefined();
    expect(await videos.reelform("comment --result acme/result.json --scope acme --pr 12", env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^comment updated: http/),
    });
  });

  test("must be a folder, for whatever command", async () => {
    const videos = await stage(specs);
    for (const line of ["plan -C nowhere", "check -C videos/tides.yaml", "comment -C nowhere --plan plan.json"]) {
      const ran = await videos.reelform(line);
      expect(ran, line).toMatchObject({ code: 64, stdout: "" });
      expect(ran.stderr).toMatch(/^error there is no folder .*\nhint: /);
    }
  });
});

describe("what is there and what is not", () => {
  test("why: nothing, single words, and a price", async () => {
    const { videos } = await made();
    expect((await videos.reelform("why tides --emulate")).stdout).toBe("= tides is as it should be · costs nothing\n");
    await videos.write({ "videos/tides.yaml": spec(prompt.replace("sea", "ocean"), { head: { title: "Tides" } }) });
    const { code, stdout } = await videos.reelform("why tides --emulate");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^~ tides will be generated again · emulated estimate \$0\.50\n\nbecause: prompt/);
    expect(stdout).toContain("[-sea-]{+ocean+}");
    await videos.write({ "videos/tides.yaml": specs["videos/tides.yaml"].replace('"Tides"', '"The tides"') });
    expect((await videos.reelform("why tides --emulate")).stdout).toMatch(
      /^✎ tides will be updated in place · costs nothing\n\nbecause: title.*Tides.*The tides/,
    );
    expect(await videos.reelform("why rain")).toMatchObject({ code: 64, stdout: "" });
  });

  test("check compares locks with specs; files that are gone or damaged are pull's business", async () => {
    const { videos, golpo } = await made();
    const [tides, winds] = [await outputOf(videos, "tides"), await outputOf(videos, "winds")];
    expect(await videos.reelform("check --emulate")).toMatchObject({ code: 0, stdout: "✓ 2 videos as specified\n" });

    const whole = (await videos.read(tides.url)) ?? "";
    await writeFile(join(videos.path, tides.url), `${whole.slice(0, -1)}!`);
    await videos.remove(winds.url);
    expect(await videos.reelform("check --emulate")).toMatchObject({ code: 0 });
    const pulled = await videos.reelform("pull --to ../here");
    expect(pulled).toMatchObject({ code: 1, stdout: "" });
    expect(pulled.stderr).toMatch(/^tides: out\/\S+ is gone, or is not what was kept there\nhint: /m);
    expect(pulled.stderr).toMatch(/^winds: /m);

    // The hint leads back to both files, and to no second bill.
    const [, lock = ""] = /^hint: remove (videos\/tides\.lock\.json) and run/m.exec(pulled.stderr) ?? [];
    await videos.remove(lock);
    await videos.remove("videos/winds.lock.json");
    expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
    expect(await videos.reelform("pull --to ../here")).toMatchObject({ code: 0, stderr: "" });
    expect(golpo.accepted()).toHaveLength(2);
  });

  test("check fails where a spec asks for something else, and says for what", async () => {
    const { videos } = await made();
    await videos.write({ "videos/winds.yaml": spec("Where the storm comes from"), "videos/rain.yaml": spec("Rain") });
    const ran = await videos.reelform("check --emulate");
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stdout).toMatch(/^ {2}\+ rain\s+new/m);
    expect(ran.stdout).toMatch(/^ {2}~ winds\s+prompt/m);
    expect(ran.stdout).toMatch(/\n2 of 3 videos not as specified\n/);
    expect(await videos.reelform("check tides --emulate")).toMatchObject({ code: 0 });
  });

  test("status names each unit, what became of it and where it is", async () => {
    const { videos } = await made();
    await videos.write({ "videos/rain.yaml": spec("Rain") });
    const { stdout } = await videos.reelform("status");
    expect(stdout.split("\n")[0]).toMatch(/^unit\s+state\s+age\s+cost\s+link$/);
    expect(stdout).toMatch(/^rain {3}not generated$/m);
    expect(stdout).toMatch(/^tides {2}ready, emulated\s.*\$0\.50 {2}out\/tides\.video\.[0-9a-f]{12}\.mp4$/m);
    expect((await videos.reelform("status state:absent")).stdout).not.toMatch(/tides/);
    expect(await videos.reelform("status state:failed")).toMatchObject({ code: 0, stdout: "no videos\n" });
  });

  test("a title that changed is told as updated, and no file as ready", async () => {
    const { videos } = await made();
    await videos.write({ "videos/tides.yaml": specs["videos/tides.yaml"].replace('"Tides"', '"The tides"') });
    await videos.commit("Another title", false);
    expect(inWords(await planned(videos))).toEqual({ tides: "update title", winds: "keep" });
    const ran = await videos.reelform(reconcile);
    expect(ran).toMatchObject({ code: 0, stderr: "tides updated in place\n" });
    expect(ran.stdout).toMatch(/✓ tides\s+updated in place\n/);
    expect(ran.stdout).not.toMatch(/out\//);
  });
});

describe("validate", () => {
  const wrong = { "videos/rain.yaml": 'provider: golpo\nwith:\n  promt: "Rain, 100% of it"\n', ...specs };

  test("tells people where and what, and what to do", async () => {
    const videos = await stage(wrong);
    const ran = await videos.reelform("validate");
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toMatch(
      /^videos\/rain\.yaml:3:3 error unknown key "promt"\n {4}promt: .*\n {4}\^{5}\n {2}hint: did you mean "prompt"\?$/m,
    );
    expect(ran.stdout).toMatch(/^\d+ errors?\n$/);
  });

  test("tells programs the same, with places", async () => {
    const videos = await stage(wrong);
    const { code, stdout, stderr } = await videos.reelform("validate --format json");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    const document = JSON.parse(stdout) as { errors: number; problems: unknown[] };
    expect(document).toMatchObject({ formatVersion: "1.0", errors: document.problems.length });
    expect(document.problems[0]).toMatchObject({
      severity: "error",
      at: { file: "videos/rain.yaml", line: 3, column: 3 },
    });
  });

  test("annotates a pull request on GitHub", async () => {
    const videos = await stage(wrong);
    const { code, stdout, stderr } = await videos.reelform("validate --format github");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    for (const line of stdout.trimEnd().split("\n"))
      expect(line).toMatch(
        /^::error file=videos\/rain\.yaml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[\w-]+::/,
      );
    expect(stdout).toContain(",line=3,endLine=3,col=3,endColumn=8,");
    expect(stdout).toContain('unknown key "promt"%0Adid you mean "prompt"?');
  });

  test("feeds a code scanner", async () => {
    const videos = await stage(wrong);
    const { stdout } = await videos.reelform("validate --format sarif");
    const { version, runs } = JSON.parse(stdout) as { version: string; runs: { results: unknown[] }[] };
    expect(version).toBe("2.1.0");
    expect(runs[0]?.results).not.toEqual([]);
  });

  test("looks at what it is told to, and a path that is not there is a mistake", async () => {
    const videos = await stage(wrong);
    expect(await videos.reelform("validate videos/tides.yaml")).toMatchObject({ code: 0, stderr: "" });
    for (const path of ["videos/rain.yaml", "./videos", "videos/", "."])
      expect(await videos.reelform(`validate ${path}`), path).toMatchObject({ code: 3 });
    const ran = await videos.reelform("validate vidoes");
    expect(ran).toMatchObject({ code: 64, stdout: "" });
    expect(ran.stderr).toMatch(/^error there is no vidoes\nhint: /);
    await videos.remove("videos/rain.yaml");
    expect(await videos.reelform("validate videos/tides.yaml")).toMatchObject({ stdout: "1 spec checked\n" });
  });
});

describe("a usage mistake", () => {
  test.each([
    ["plam", /Did you mean plan/],
    ["plan --emulat", /Did you mean --emulate/],
    ["plan rain", /nothing is selected by rain/],
    ["plan --exclude rain", /nothing is selected by rain/],
    ["plan --quiet --verbose", /exclude each other/],
    ["plan --base nowhere", /no such commit/],
    ["plan --replace rain", /no unit rain/],
    ["plan --retry luck", /no such class/],
    ["plan --format xml", /Allowed choices are text, json, markdown/],
    ["plan --config nowhere.yaml", /no project file nowhere\.yaml/],
    ["status changed:nowhere", /changed:nowhere/],
    ["reconcile --max-cost much", /dollars are wanted/],
    ["reconcile --wait soon", /a duration is wanted/],
    ["reconcile --concurrency 0", /above 0/],
    ["reconcile --emulate --plan nowhere.json", /cannot be read/],
    ["reconcile --emulate --plan videos/tides.yaml", /videos\/tides\.yaml: /],
    ["reconcile --emulate --expect tides", /not a plan's digest/],
    ["why", /missing required argument/],
    ["check --fix", /unknown option/],
    ["pull --to videos/tides.yaml", /no folder/],
    ["comment", /--plan <file> or --result <file>/],
    ["comment --plan a.json --pr 0", /above 0/],
    ["emulate --port 65536", /up to 65535/],
    ["emulate --speed 0", /above 0/],
    ["emulate --faults nowhere.yaml", /cannot be read \(ENOENT\)/],
    ["emulate --faults videos/tides.yaml", /expected a list of rules/],
    ["demo again", /too many arguments/],
    ["demo --emulate", /unknown option/],
    ["emulate --quiet", /unknown option/],
    ["comment --verbose --plan a.json", /unknown option/],
    ["providers --config reelform.yaml", /unknown option/],
  ])("`%s` ends with 64 and says what would work", async (line, said) => {
    const videos = await stage(specs);
    const ran = await videos.reelform(line);
    expect(ran, ran.stderr).toMatchObject({ code: 64, stdout: "" });
    expect(ran.stderr).toMatch(/^error:? /);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).toMatch(/^hint: /m);
  });

  test("of the environment is told as one too", async () => {
    const videos = await stage(specs);
    for (const env of [{ REELFORM_EMULATOR_URL: "http://127.0.0.1:1" }, { REELFORM_EMULATOR_SPEED: "fast" }]) {
      const ran = await videos.reelform("reconcile --emulate --yes", env);
      expect(ran).toMatchObject({ code: 64 });
      expect(ran.stderr).toMatch(/^error .*\nhint: /);
    }
    expect(await videos.locks()).toEqual(new Map());
  });

  test("of no command at all is answered with the commands there are", async () => {
    const videos = await stage(specs);
    const ran = await videos.reelform("");
    expect(ran).toMatchObject({ code: 64, stdout: "" });
    expect(ran.stderr).toMatch(/Commands:\n {2}init /);
  });
});

test("the example in the help of every command can be run as it stands", async () => {
  const golpo = await api();
  const intro = spec("Welcome", { head: { matrix: { language: ["es"] } } });
  const videos = await stage(
    { "videos/onboarding/intro.yaml": intro, "videos/hr/rules.yaml": spec("Rules") },
    { api: golpo },
  );
  expect(await videos.reelform("plan --emulate --out plan.json")).toMatchObject({ code: 0 });
  const help = await videos.reelform("--help");
  const [, listed = ""] = /Commands:\n([\s\S]*)$/.exec(help.stdout) ?? [];
  const commands = [...listed.matchAll(/^ {2}([a-z]+)/gm)].flatMap(([, name = ""]) => (name === "help" ? [] : [name]));
  expect(commands).toEqual(expect.arrayContaining(["plan", "reconcile", "resolve", "comment", "emulate", "demo"]));

  for (const command of commands) {
    const { code, stdout } = await videos.reelform(`${command} --help`);
    expect(code).toBe(0);
    const [, typed = ""] = /Example:\n {2}\$ reelform (.+)$/m.exec(stdout) ?? [];
    // A shell takes the quotes away.
    const example = typed.replaceAll("'", "");
    expect(example, `${command} has an example`).toMatch(new RegExp(`^${command}( |$)`));
    // The demonstration has a test of its own, and a server runs until it is told to stop.
    if (command === "demo") continue;
    if (command === "emulate") {
      const server = videos.begin(`${example} --help`);
      expect(await server.ended).toMatchObject({ code: 0 });
      continue;
    }
    const ran = await videos.reelform(stdout.includes("--emulate") ? `${example} --emulate` : example);
    expect([0, 2], `${example}: ${ran.stderr}`).toContain(ran.code);
  }
  // The two that were there, and the two of the spec that `new` begins.
  expect(golpo.accepted()).toHaveLength(4);
});

describe("colours", () => {
  const csi = "\u001b[";
  const coloured = new RegExp(`${csi.replace("[", "\\[")}[0-9;]*m`);
  const commands = ["plan", "check", "status", "why tides", "validate", "reconcile --dry-run", "--help", "plan --help"];

  test("are nowhere but in a terminal", async () => {
    const { videos } = await made();
    await videos.write({ "videos/tides.yaml": spec("Another sea"), "videos/rain.yaml": "promt: Rain\n" });
    for (const line of [...commands, reconcile]) {
      const { stdout, stderr } = await videos.reelform(line, { TERM: "xterm-256color", COLORTERM: "truecolor" });
      expect(stdout + stderr, line).not.toContain(csi);
    }
  });

  test.each<readonly [string, string, Readonly<Record<string, string>>]>([
    ["--no-color", "--no-color", {}],
    ["NO_COLOR", "", { NO_COLOR: "1" }],
    ["TERM=dumb", "", { TERM: "dumb" }],
  ])("are not even there with %s", async (_what, flag, env) => {
    const { videos, golpo } = await made();
    await videos.write({ "videos/tides.yaml": spec("Another sea") });
    const emulated = { REELFORM_EMULATOR_URL: golpo.url };
    for (const line of ["plan --emulate", "status", "why tides --emulate", "reconcile --emulate --yes"]) {
      if (!line.startsWith("reconcile")) expect(await inTerminal(videos, line), line).toMatch(coloured);
      expect(await inTerminal(videos, `${line} ${flag}`, { ...emulated, ...env }), line).not.toMatch(coloured);
    }
    expect(golpo.accepted()).toHaveLength(3);
  });

  test("stay out of a log that problems are sent to", async () => {
    const videos = await stage({ "videos/rain.yaml": "promt: Rain\n" });
    expect(await inTerminal(videos, "validate")).toMatch(coloured);
    await inTerminal(videos, "validate 2>../problems.log");
    const log = await videos.read("../problems.log");
    expect(log).toMatch(/^videos\/rain\.yaml:1:1 error /m);
    expect(log).not.toContain(csi);
  });
});

test("wide characters keep the columns of a table straight", async () => {
  const golpo = await api();
  const titles = { tides: "潮の満ち引き 🌊", winds: "Wind é ñ", rain: "비는 왜 오는가" };
  const text = (name: string, title: string): string => spec(`About ${name}`, { head: { title } });
  const entries = Object.entries(titles);
  const files = (by: (title: string) => string) =>
    Object.fromEntries(entries.map(([name, title]) => [`videos/${name}.yaml`, text(name, by(title))]));
  const videos = await stage(
    files((title) => title),
    { api: golpo },
  );
  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  await videos.write(files((title) => `${title} 第二版`));

  const { stdout } = await videos.reelform("plan --emulate");
  const rows = stdout.split("\n").filter((line) => line.startsWith("  ✎ "));
  expect(rows).toHaveLength(entries.length);
  for (const title of Object.values(titles)) expect(stdout).toContain(`${title} 第二版`);
  expect(new Set(rows.map(displayWidth)).size, stdout).toBe(1);
  expect(rows.every((row) => row.endsWith("  $0"))).toBe(true);

  expect(await videos.reelform(reconcile)).toMatchObject({ code: 0 });
  const titled = [...(await videos.locks()).values()].map(({ metadata }) => metadata.title);
  expect(titled.sort()).toEqual(
    Object.values(titles)
      .map((title) => `${title} 第二版`)
      .sort(),
  );
});
