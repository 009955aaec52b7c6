// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how placeholders are written
import { expect, test } from "vitest";
import { digest } from "../../src/spec/digest.ts";
import { resolved, unitsOf, wrongWith } from "./world.ts";

const one = (text: string, rest: Omit<Parameters<typeof unitsOf>[0], "specs"> = {}) => {
  const [unit, ...others] = unitsOf({ specs: { "videos/intro.yaml": text }, ...rest });
  if (unit === undefined || others.length > 0) throw new Error("not one unit");
  return unit;
};
const wrong = (text: string, rest: Omit<Parameters<typeof unitsOf>[0], "specs"> = {}) =>
  wrongWith({ specs: { "videos/intro.yaml": text }, ...rest });

const hello = "provider: golpo\nwith: { prompt: Hello }\n";

test("a spec of one request is one unit, with nothing in it that the author did not write", () => {
  const unit = one(hello);
  const request = { operation: "generate", with: { prompt: "Hello" } };
  expect(unit).toEqual({
    id: "intro",
    specId: "intro",
    spec: "videos/intro.yaml",
    step: "generate",
    provider: "golpo",
    request,
    digest: digest({ provider: "golpo", request, take: 1 }),
    take: 1,
    fields: { prompt: expect.stringMatching(/^[0-9a-f]{8}$/) },
    metadata: {},
    labels: {},
    protect: false,
    max: undefined,
    needs: [],
    at: { file: "videos/intro.yaml", line: 1, column: 1, length: 8 },
  });
});

test("labels, protection and the spec's own ceiling come along", () => {
  expect(one(`labels: { team: hr }\nprotect: true\nbudget: { max: "6.50" }\n${hello}`)).toMatchObject({
    labels: { team: "hr" },
    protect: true,
    max: 6_500_000,
  });
});

test("the take is asked for by the unit's name, and makes another digest", () => {
  const asked: string[] = [];
  const takeOf = (id: string) => asked.push(id) + 1;
  const unit = one(hello, { takeOf });
  expect(asked).toEqual(["intro"]);
  expect(unit.take).toBe(2);
  expect(unit.digest).not.toBe(one(hello).digest);
});

test.each([
  ["videos/intro.yaml", hello, ["intro"]],
  ["videos/hr/Intro_2.yml", hello, ["hr/Intro_2"]],
  ["elsewhere/intro.yaml", hello, ["elsewhere/intro"]],
  ["videos/intro.yaml", `id: onboarding/intro\n${hello}`, ["onboarding/intro"]],
  ["videos/intro.yaml", `matrix: { l: [en, es] }\n${hello}`, ["intro@en", "intro@es"]],
  ["videos/intro.yaml", "steps: { generate: { provider: golpo, with: { prompt: x } } }", ["intro"]],
  ["videos/intro.yaml", "steps: { film: { provider: golpo, with: { prompt: x } } }", ["intro#film"]],
  [
    "videos/intro.yaml",
    "matrix: { l: [en] }\nsteps: { generate: { provider: golpo, with: { prompt: x } }, b: { provider: golpo, with: { prompt: x } } }",
    ["intro@en#generate", "intro@en#b"],
  ],
])("%s (%j) has the units %j", (file, text, ids) => {
  expect(unitsOf({ specs: { [file]: text } }).map(({ id }) => id)).toEqual(ids);
});

test("a path that cannot be a name is a problem that an id solves", () => {
  const specs = (text: string) => ({ specs: { "videos/Einführung (neu).yaml": text } });
  expect(wrongWith(specs(hello))).toEqual([
    'videos/Einführung (neu).yaml:1:1 unfit-path: "Einführung (neu)" cannot be the name of a video',
  ]);
  expect(unitsOf(specs(`id: intro\n${hello}`)).map(({ id }) => id)).toEqual(["intro"]);
});

test("with a folder of another name for the videos, ids begin below it", () => {
  const given = { specs: { "films/a/b.yaml": hello }, project: "version: 1\nvideos: ./films/" };
  expect(unitsOf(given).map(({ id }) => id)).toEqual(["a/b"]);
});

test("each cell has its own values in the request and in the title", () => {
  const units = unitsOf({
    specs: {
      "videos/intro.yaml":
        "title: Hello in ${{ matrix.l }}\nmatrix: { l: [en, es], n: [1] }\nprovider: golpo\nwith: { prompt: 'In ${{ matrix.l }}', seed: '${{ matrix.n }}' }",
    },
  });
  expect(units.map(({ request, metadata }) => [request.with, metadata.title])).toEqual([
    [{ prompt: "In en", seed: 1 }, "Hello in en"],
    [{ prompt: "In es", seed: 1 }, "Hello in es"],
  ]);
});

test("the project's defaults lie under the spec's own fields, field by field, and may use placeholders", () => {
  const project =
    "version: 1\nvars: { brand: Acme }\ndefaults: { golpo: { prompt: 'A film by ${{ vars.brand }}', seed: 7, shots: [{ text: a }] } }";
  expect(one("provider: golpo\nwith: { shots: [], seed: 0 }", { project }).request.with).toEqual({
    prompt: "A film by Acme",
    seed: 0,
    shots: [],
  });
});

test("a problem with a default is told where the default is written", () => {
  const project = "version: 1\ndefaults:\n  golpo:\n    timing: 3\n    logo: ./none.png\n";
  expect(wrong(hello, { project })).toEqual([
    expect.stringMatching(/^reelform.yaml:4:13 /),
    "reelform.yaml:5:11 file-not-found: no such file",
  ]);
});

test("files of a default are found beside the project file, those of a spec beside the spec", () => {
  const project = "version: 1\ndefaults: { golpo: { logo: ./brand/logo.png } }";
  const files = { "brand/logo.png": "far", "videos/logo.png": "near" };
  const logos = [hello, "provider: golpo\nwith: { prompt: x, logo: ./logo.png }"].map(
    (text) => one(text, { project, files }).request.with.logo,
  );
  expect(logos).toMatchObject([{ asset: "brand/logo.png" }, { asset: "videos/logo.png" }]);
});

test("a text file's content is the text, tidied; its path does not matter", () => {
  const files = { "videos/a.md": "One\r\ntwo\n", "videos/sub/b.md": "One\ntwo" };
  const texts = ["prompt: { file: a.md }", "prompt: { file: ./sub/b.md }", "prompt: |\n    One\n    two\n"];
  const units = texts.map((prompt) => one(`provider: golpo\nwith:\n  ${prompt}`, { files }));
  expect(units.map(({ request }) => request.with.prompt)).toEqual(["One\ntwo", "One\ntwo", "One\ntwo"]);
  expect(new Set(units.map((unit) => unit.digest)).size).toBe(1);
});

test("the path of a text file may hold placeholders, and the content's are left alone with a warning", () => {
  const files = { "videos/en.md": "Hi ${{ vars.brand }}" };
  const text = "matrix: { l: [en] }\nprovider: golpo\nwith: { prompt: { file: '${{ matrix.l }}.md' } }";
  expect(one(text, { files }).request.with.prompt).toBe("Hi ${{ vars.brand }}");
  expect(wrong(text, { files })).toEqual([expect.stringContaining("placeholder-in-file")]);
});

test("a missing text file is one problem, not two", () => {
  expect(wrong("provider: golpo\nwith: { prompt: { file: none.md } }")).toEqual([
    "videos/intro.yaml:2:25 file-not-found: no such file",
  ]);
});

test("an object with more than a file in it is no text file", () => {
  expect(wrong("provider: golpo\nwith: { prompt: { file: a.md, lang: en } }")).toHaveLength(1);
});

test("assets are known by content wherever a field of the schema takes one", () => {
  const files = { "videos/a.png": "a", "videos/b.png": "b" };
  const { request } = one(
    "provider: golpo\nwith: { prompt: x, images: [a.png, 'https://example.com/b.png'], shots: [{ frame: 'media:7', text: t }, { frame: ./b.png }] }",
    { files },
  );
  const a = {
    asset: "videos/a.png",
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    bytes: 1,
    mediaType: "image/png",
  };
  expect(request.with.images).toEqual([a, "https://example.com/b.png"]);
  expect(request.with.shots).toEqual([{ frame: "media:7", text: "t" }, { frame: { ...a, asset: "videos/b.png" } }]);
});

test.each([
  ["logo: 'http://example.com/a.png'", "bad-address"],
  ["logo: 'https://'", "bad-address"],
  ["logo: 'https://me:secret@example.com/a.png'", "secret-in-address"],
  ["logo: 'data:image/png;base64,AA=='", "bad-address"],
  ["logo: 'file:///etc/passwd'", "bad-address"],
  ["logo: 'media:7'", "bad-address"],
  ["logo: none.png", "file-not-found"],
  ["logo: big.png", "file-too-large"],
  ["brief: big.png", "wrong-media"],
])("%s is refused as %s", (field, code) => {
  const files = { "videos/big.png": "x".repeat(1001) };
  const problems = wrong(`provider: golpo\nwith:\n  prompt: x\n  ${field}`, { files });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^videos/intro.yaml:4:\\d+ ${code}: `))]);
});

test.each([
  "extra: { logo: { asset: ../../etc/passwd, sha256: abc } }",
  "extra: { a: [{ step: x, role: video, digest: 'sha256:0' }] }",
])("%s cannot pass for something that was checked", (field) => {
  expect(wrong(`provider: golpo\nwith:\n  prompt: x\n  ${field}`)).toEqual([expect.stringContaining("reserved-keys")]);
});

test("extra goes along as it is, and is part of the digest", () => {
  const unit = one("provider: golpo\nwith: { prompt: x, extra: { new_field: [1, ./a.png] } }");
  expect(unit.request.with.extra).toEqual({ new_field: [1, "./a.png"] });
  expect(unit.digest).not.toBe(one("provider: golpo\nwith: { prompt: x, extra: { new_field: [2, ./a.png] } }").digest);
});

test("the schema is asked about the fields as they are once filled in", () => {
  const text = "matrix: { t: ['1', '9'] }\nprovider: golpo\nwith:\n  prompt: x\n  timing: ${{ matrix.t }}";
  expect(wrong(text)).toEqual([expect.stringMatching(/^videos\/intro.yaml:5:11 .*"9"/)]);
});

test("every cell of a matrix makes the same slip once", () => {
  const text = "matrix: { l: [a, b, c] }\nprovider: golpo\nwith:\n  promt: x\n  seed: ${{ matrix.x }}";
  const problems = wrong(text);
  expect(problems.filter((problem) => problem.includes("promt"))).toHaveLength(1);
  expect(problems.filter((problem) => problem.includes('no "x"'))).toHaveLength(1);
  expect(new Set(problems).size).toBe(problems.length);
});

test("of a value that could not be filled in nothing more is said", () => {
  expect(wrong("provider: golpo\nwith:\n  prompt: x\n  seed: ${{ vars.none }}")).toEqual([
    'videos/intro.yaml:4:18 unknown-name: vars has no "none"',
  ]);
});

test("a provider that the format knows and this version has not is a problem that says so", () => {
  const result = resolved({ specs: { "videos/intro.yaml": "provider: nanogpt\nwith: {}" } });
  expect(result).toMatchObject({
    ok: false,
    problems: [
      {
        code: "unavailable-provider",
        message: 'the provider "nanogpt" is not available in this version',
        hint: "available are golpo, viddyscribe",
        at: { line: 1, column: 11 },
      },
    ],
  });
});

test("a provider that the policy does not allow is a problem", () => {
  const project = "version: 1\npolicy: { providers: [viddyscribe] }";
  expect(wrong(hello, { project })).toEqual([
    'videos/intro.yaml:1:11 forbidden-provider: the project\'s policy does not allow the provider "golpo"',
  ]);
});

test("a field that names an operation becomes the request's operation", () => {
  const { request, fields } = one("provider: viddyscribe\nwith: { operation: audio, input: 'media:7' }");
  expect(request).toEqual({ operation: "audio", with: { input: "media:7" } });
  expect(Object.keys(fields)).toEqual(["operation", "input"]);
});
