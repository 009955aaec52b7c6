import { describe, expect, test } from "vitest";
import { usd } from "../../src/model/money.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { noProject, type Project, parseProject, settingsFor } from "../../src/spec/project.ts";
import { loadValidators } from "../../src/spec/validators.ts";
import { brief } from "../support/problems.ts";

const validators = await loadValidators([]);
const parse = (text: string) => parseProject("reelform.yaml" as RepoPath, text, validators);

function project(text: string): Project {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return parsed.value;
}

function problems(text: string): readonly string[] {
  const parsed = parse(text);
  return (parsed.ok ? parsed.warnings : parsed.problems).map(brief);
}

describe("a project file", () => {
  test("that says nothing is the same as none", () => {
    const { document, ...settled } = project("version: 1");
    const { document: none, ...absent } = noProject;
    expect(settled).toEqual(absent);
    expect([document === undefined, none === undefined]).toEqual([false, true]);
  });

  test("settles every field", () => {
    const read = project(
      [
        "version: 1",
        "videos: ./films/",
        "vars: { brand: Acme, year: 2026 }",
        "defaults: { golpo: { style: solo-female, include_watermark: false } }",
        "providers:",
        "  golpo: { concurrency: 3, submitsPerMinute: 30 }",
        '  photogpt: { prices: { seedance-2.0: { perSecond: "0.12" } } }',
        "store: { to: directory, path: out/films, commit: true }",
        'budget: { perRun: 25, perMonth: "200.50", unknown: deny }',
        "policy: { providers: [golpo, openrouter], maxSeconds: 300 }",
      ].join("\n"),
    );
    expect(read).toMatchObject({
      videos: "films",
      vars: { brand: "Acme", year: 2026 },
      defaults: { golpo: { style: "solo-female" } },
      store: { to: "directory", path: "out/films", commit: true },
      budget: { perRun: usd(25), perMonth: usd("200.50"), unknown: "deny" },
      policy: { providers: ["golpo", "openrouter"], maxSeconds: 300 },
    });
    expect(settingsFor(read, "golpo")).toMatchObject({ concurrency: 3, submitsPerMinute: 30 });
    expect(settingsFor(read, "photogpt").prices.get("seedance-2.0")).toEqual({ perSecond: usd("0.12") });
  });

  const stores: readonly (readonly [string, Project["store"]])[] = [
    ["{ to: directory }", { to: "directory", path: "out" as RepoPath, commit: false }],
    ["{ to: github-release }", { to: "github-release", repository: undefined, tag: "reelform" }],
    [
      "{ to: github-release, repository: acme/films, tag: v }",
      { to: "github-release", repository: "acme/films", tag: "v" },
    ],
    [
      "{ to: s3, bucket: films, prefix: a/b/, publicUrl: 'https://media.example/' }",
      {
        to: "s3",
        bucket: "films",
        prefix: "a/b",
        region: undefined,
        endpoint: undefined,
        publicUrl: "https://media.example",
      },
    ],
  ];
  test.each(stores)("may keep files in %s", (text, store) => {
    expect(project(`version: 1\nstore: ${text}`).store).toEqual(store);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["no version", "videos: a", ['1:1+6 error missing "version"']],
    [
      "a version to come",
      "version: 2",
      ["1:10+1 error this version of the project file is not known; this program reads version 1"],
    ],
    ["no kind of store", "version: 1\nstore: { path: out }", ['2:1+5 error missing "to"']],
    [
      "an unknown kind of store",
      "version: 1\nstore: { to: directry }",
      ['2:14+8 error must be "directory", "github-release" or "s3", not "directry" (did you mean "directory"?)'],
    ],
    [
      "only the fields of the store that is meant",
      "version: 1\nstore: { to: s3, path: out }",
      [
        '2:1+5 error missing "bucket"',
        '2:18+4 error unknown key "path" (known here: to, bucket, prefix, region, endpoint and publicUrl)',
      ],
    ],
    [
      "folders outside of the project",
      "version: 1\nvideos: a/../../b\nstore: { to: directory, path: /etc }",
      [
        '2:9+9 error must be a folder inside the project, written with forward slashes and without ".."',
        '3:31+4 error must be a folder inside the project, written with forward slashes and without ".."',
      ],
    ],
    [
      "keys of every spelling, with the variable to use",
      "version: 1\nproviders: { nanogpt: { apiKey: x } }\nstore: { to: s3, bucket: abc, secretAccessKey: x }",
      [
        '2:25+6 error a secret does not belong in a file: "apiKey" (remove it and set NANOGPT_API_KEY in the environment; a key that was committed must be replaced)',
        '3:31+15 error a secret does not belong in a file: "secretAccessKey" (remove it and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or GITHUB_TOKEN, in the environment; a key that was committed must be replaced)',
      ],
    ],
    [
      "limits that are none",
      "version: 1\nbudget: { perRun: -1, unknown: maybe }\nproviders: { golpo: { concurrency: 0.5 } }",
      [
        "2:19+2 error must be at least 0, not -1",
        '2:32+5 error must be "ask", "allow" or "deny", not "maybe"',
        "3:36+3 error must be a whole number, not 0.5",
      ],
    ],
  ];
  test.each(table)("reports %s", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});
