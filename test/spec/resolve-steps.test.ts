// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import { expect, test } from "vitest";
import { unitsOf, wrongWith } from "./world.ts";

const steps = (text: string) => ({ specs: { "videos/intro.yaml": text } });

const pipeline = `
matrix: { l: [en, es] }
steps:
  describe:
    provider: viddyscribe
    with: { operation: video, input: "\${{ steps.film.video }}" }
  film:
    provider: golpo
    with: { prompt: "In \${{ matrix.l }}" }
`;

test("a step takes what an earlier one makes, in the same cell, wherever it is written", () => {
  const units = unitsOf(steps(pipeline));
  expect(units.map(({ id, needs }) => [id, needs])).toEqual([
    ["intro@en#film", []],
    ["intro@en#describe", ["intro@en#film"]],
    ["intro@es#film", []],
    ["intro@es#describe", ["intro@es#film"]],
  ]);
  const [film, describe] = units;
  expect(describe?.request.with.input).toEqual({ step: film?.id, digest: film?.digest, take: 1, role: "video" });
});

test("a change of an earlier step changes the later one's digest, and not the other way round", () => {
  const digests = (text: string, takeOf?: (id: string) => number) =>
    unitsOf({ ...steps(text), ...(takeOf === undefined ? {} : { takeOf }) })
      .slice(0, 2)
      .map((unit) => unit.digest);
  const [film, describe] = digests(pipeline);
  const [film2, describe2] = digests(pipeline.replace("In ", "Into "));
  expect([film2 === film, describe2 === describe]).toEqual([false, false]);
  const [film3, describe3] = digests(pipeline.replace("operation: video", "operation: audio"));
  expect([film3 === film, describe3 === describe]).toEqual([true, false]);
  const [film4, describe4] = digests(pipeline, (id) => (id.endsWith("film") ? 2 : 1));
  expect([film4 === film, describe4 === describe]).toEqual([false, false]);
});

const chain = (of: { readonly [step: string]: string }) =>
  steps(
    `steps:\n${Object.entries(of)
      .map(
        ([name, needs]) => `  ${name}:\n    provider: viddyscribe\n    with: { operation: video, input: "${needs}" }\n`,
      )
      .join("")}`,
  );

test("steps that wait for each other are a problem at each of the places that make the circle", () => {
  const problems = wrongWith(
    chain({
      a: "${{ steps.c.video }}",
      b: "${{ steps.a.video }}",
      c: "${{ steps.b.video }}",
      d: "${{ steps.a.video }}",
    }),
  );
  expect(problems).toEqual([
    "videos/intro.yaml:4:38 step-circle: the steps wait for each other: a → c → b → a",
    "videos/intro.yaml:7:38 step-circle: the steps wait for each other: b → a → c → b",
    "videos/intro.yaml:10:38 step-circle: the steps wait for each other: c → b → a → c",
  ]);
});

test("a step that takes its own output is a problem", () => {
  expect(wrongWith(chain({ a: "${{ steps.a.video }}" }))).toEqual([
    'videos/intro.yaml:4:38 step-circle: the step "a" cannot take its own output',
  ]);
});

test("a step that does not exist is a problem with the one that was meant", () => {
  const problems = wrongWith(chain({ film: "media:1", describe: "${{ steps.flim.video }}" }));
  expect(problems).toEqual(['videos/intro.yaml:7:49 unknown-step: there is no step "flim"']);
});

test("a step's output where no file is wanted is a problem", () => {
  const text = `steps:
  film: { provider: golpo, with: { prompt: x } }
  next: { provider: golpo, with: { prompt: "\${{ steps.film.script }}" } }`;
  expect(wrongWith(steps(text))).toEqual([expect.stringMatching(/^videos\/intro.yaml:3:44 step-in-plain-field: /)]);
});

test("a spec without steps has no step to take from", () => {
  const text = 'provider: viddyscribe\nwith: { operation: video, input: "${{ steps.film.video }}" }';
  expect(wrongWith(steps(text))).toEqual(['videos/intro.yaml:2:45 unknown-step: there is no step "film"']);
});
