// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import { expect, test } from "vitest";
import { resolveAll } from "../../src/spec/resolve-all.ts";
import { loadValidators } from "../../src/spec/validators.ts";
import { inputsOf, projectOf, settledValue, specOf, told } from "./world.ts";

const { providers: rules } = await loadValidators(["golpo"]);

const project = projectOf(`
version: 1
vars: { brand: Acme }
defaults: { golpo: { style: solo-female, is_public: true } }
`);
const inputs = inputsOf({
  "videos/onboarding/intro.prompt.md": "Welcome!\n",
  "videos/onboarding/assets/logo.png": "png",
});

const resolved = (text: string) =>
  resolveAll([specOf(text, "videos/onboarding/intro.yaml")], project, {
    inputs,
    rules,
    remarks: () => [],
    takeOf: () => 1,
  });

const spec = `
title: Welcome to \${{ vars.brand }}
visibility: private
matrix:
  language: [en, es]
provider: golpo
with:
  prompt: { file: intro.prompt.md }
  language: \${{ matrix.language }}
  timing: "2"
  logo: ./assets/logo.png
  upload_urls: ["https://example.com/brief.pdf"]
`;

test("a spec of every kind of field becomes what Golpo is asked for", () => {
  const units = settledValue(resolved(spec));
  expect(units.map(({ id, metadata }) => [id, metadata])).toEqual([
    ["onboarding/intro@en", { title: "Welcome to Acme", visibility: "private" }],
    ["onboarding/intro@es", { title: "Welcome to Acme", visibility: "private" }],
  ]);
  expect(units[1]?.request).toEqual({
    operation: "generate",
    with: {
      prompt: "Welcome!",
      language: "es",
      timing: "2",
      style: "solo-female",
      logo: expect.objectContaining({ asset: "videos/onboarding/assets/logo.png", mediaType: "image/png" }),
      upload_urls: ["https://example.com/brief.pdf"],
    },
  });
});

test("a wrong value is told at its place in the spec, and once for all cells", () => {
  const result = resolved(spec.replace('timing: "2"', 'timing: "3"'));
  const problems = result.ok ? [] : result.problems.map(told);
  expect(problems).toEqual([expect.stringMatching(/^videos\/onboarding\/intro.yaml:10:11 /)]);
});
