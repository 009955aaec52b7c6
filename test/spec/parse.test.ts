import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { parseSpec } from "../../src/spec/parse.ts";
import { loadValidators } from "../../src/spec/validators.ts";
import { brief } from "../support/problems.ts";

const validators = await loadValidators([]);
const parse = (text: string) => parseSpec("videos/intro.yaml" as RepoPath, text, validators);

function problems(text: string): readonly string[] {
  const parsed = parse(text);
  return (parsed.ok ? parsed.warnings : parsed.problems).map(brief);
}

describe("a spec", () => {
  test("with every field reads as its author wrote it", () => {
    const text = [
      "id: onboarding/intro",
      `title: Welcome, \${{ matrix.language }}`,
      "visibility: private",
      "labels: { team: hr }",
      "protect: true",
      "matrix:",
      "  language: [en, es]",
      "  size: [1, true]",
      "  include: [{ language: hi }]",
      "  exclude: [{ language: es, size: 1 }]",
      "provider: golpo",
      "with:",
      "  prompt: { file: intro.prompt.md }",
      "budget: { max: 6 }",
    ].join("\n");
    const parsed = parse(text);
    expect(parsed.ok && JSON.parse(JSON.stringify(parsed.value.written))).toMatchObject({
      id: "onboarding/intro",
      matrix: { language: ["en", "es"], size: [1, true], include: [{ language: "hi" }] },
      with: { prompt: { file: "intro.prompt.md" } },
      budget: { max: 6 },
    });
  });

  test("may be made of steps", () => {
    const parsed = parse(
      `steps:\n  make: {provider: openrouter, with: {prompt: a}}\n  describe: {provider: viddyscribe, with: {input: "\${{ steps.make.video }}"}}`,
    );
    expect(parsed.ok && Object.keys(parsed.value.written.steps ?? {})).toEqual(["make", "describe"]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "everything at once, in the order of the file",
      'title: 3\nvisibility: secret\nlabels: {1a: b, c: 2}\nprotect: "yes"\nprovider: glopo\nwith: x',
      [
        '1:8+1 error must be a text, not a number (put it in quotes: "3")',
        '2:13+6 error must be "private" or "public", not "secret"',
        `3:10+2 error a label's name starts with a letter and goes on with letters, digits, ".", "_", "/" or "-"`,
        '3:20+1 error must be a text, not a number (put it in quotes: "2")',
        "4:10+5 error must be true or false, not a text",
        '5:11+5 error must be "golpo", "viddyscribe", "nanogpt", "photogpt" or "openrouter", not "glopo" (did you mean "golpo"?)',
        "6:7+1 error must be a mapping, not a text",
      ],
    ],
    [
      "a misspelt key once, not also as a missing one",
      "provder: golpo\nwith: {}",
      ['1:1+7 error unknown key "provder" (did you mean "provider"?)'],
    ],
    [
      "neither provider nor steps",
      "title: a",
      [
        '1:1+5 error missing "provider" (name a provider, or write steps)',
        '1:1+5 error missing "with" (with holds what the provider is asked for)',
      ],
    ],
    [
      "both provider and steps",
      "provider: golpo\nsteps:\n  a: {provider: golpo, with: {}}",
      ["1:1+8 error provider cannot stand beside steps (move it into a step)"],
    ],
    [
      "a step without its parts, and one with a name that no placeholder could hold",
      "steps:\n  a: {provider: golpo}\n  b c: {provider: golpo, with: {}}",
      [
        '2:3+1 error missing "with"',
        '3:3+3 error a name starts with a letter or "_" and goes on with letters, digits, "_" or "-"',
      ],
    ],
    [
      "an empty matrix",
      "matrix: {}\nprovider: golpo\nwith: {}",
      ["1:9+2 error a matrix needs at least one list of values"],
    ],
    [
      "a matrix of other things than lists of different values",
      "matrix:\n  a: en\n  b: []\n  c: [1, 1]\n  d: [{x: 1}]\nprovider: golpo\nwith: {}",
      [
        "2:6+2 error must be a list, not a text",
        "3:6+2 error must not be empty",
        "4:6+6 error items 2 and 1 are the same",
        "5:7+6 error must be a text, a number or true or false, not a mapping",
      ],
    ],
    [
      "an id that leads elsewhere, and no amount",
      'id: ../b\nprovider: golpo\nwith: {}\nbudget: {max: "6,0"}',
      [
        '1:5+4 error an id is made of letters, digits, ".", "_" and "-", with "/" between its parts',
        '4:15+5 error an amount of US dollars looks like 6 or "6.50"',
      ],
    ],
    [
      "keys that belong in the environment, wherever they stand",
      "provider: golpo\nwith:\n  prompt: a\n  x-api-key: 12345678\n  extra: {note: sk-or-v1-0123456789abcdef0123}",
      [
        '4:3+9 error a secret does not belong in a file: "x-api-key" (remove it and set GOLPO_API_KEY in the environment; a key that was committed must be replaced)',
        "5:17+29 error this looks like a secret key (remove it and set GOLPO_API_KEY in the environment; a key that was committed must be replaced)",
      ],
    ],
  ];
  test.each(table)("reports %s", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("never repeats a secret, not even in the line that it shows", () => {
    const parsed = parse("provider: golpo\napi_key: hunter2hunter2\nwith: {}");
    expect(JSON.stringify(parsed)).not.toContain("hunter2");
    expect(parsed.ok).toBe(false);
  });

  test("of nothing but nonsense gets a bounded number of problems", () => {
    const text = Array.from({ length: 5000 }, (_, index) => `k${index}: 1\n`).join("");
    const found = problems(text);
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toContain("error more is wrong than the 100 problems shown");
  });
});
