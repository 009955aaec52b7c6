import { expect, test } from "vitest";
import { unitsOf, wrongWith } from "./world.ts";

const hello = "provider: golpo\nwith: { prompt: Hello }\n";

test("the units of all specs come in the order of the specs", () => {
  expect(unitsOf({ specs: { "videos/b.yaml": hello, "videos/a.yaml": hello } }).map(({ id }) => id)).toEqual([
    "b",
    "a",
  ]);
});

test("one id in two specs is a problem at both, each naming the other", () => {
  const specs = { "videos/a.yaml": `id: b\n${hello}`, "videos/b.yaml": hello };
  expect(wrongWith({ specs })).toEqual([
    'videos/a.yaml:1:5 duplicate-id: the id "b" is also that of videos/b.yaml:1:1',
    'videos/b.yaml:1:1 duplicate-id: the id "b" is also that of videos/a.yaml:1:5',
  ]);
});

test.each([
  ["videos/a.yaml", "videos/a.yml"],
  ["videos/a.yaml", "videos/A.yaml"],
  ["videos/caf\u00e9.yaml", "videos/cafe\u0301.yaml"],
])("%s and %s would have one lockfile, which is a problem at both", (one, other) => {
  const problems = wrongWith({ specs: { [one]: `id: one\n${hello}`, [other]: `id: other\n${hello}` } });
  expect(problems).toHaveLength(2);
  for (const problem of problems) expect(problem).toContain("same-lockfile");
});

test("what is wrong with one spec does not hide what is wrong with another", () => {
  const specs = { "videos/b.yaml": "provider: golpo\nwith: {}", "videos/a.yaml": "provider: photogpt\nwith: {}" };
  expect(wrongWith({ specs }).map((problem) => problem.split(":")[0])).toEqual(["videos/a.yaml", "videos/b.yaml"]);
});
