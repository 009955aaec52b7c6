import { expect, test } from "vitest";
import { unitsOf, wrongWith } from "./world.ts";

const given = (text: string, project?: string) => ({
  specs: { "videos/intro.yaml": text },
  ...(project === undefined ? {} : { project }),
});
const metadata = (text: string, project?: string) => unitsOf(given(text, project)).map((unit) => unit.metadata);

test.each([
  ["title: Hello\nprovider: golpo\nwith: { prompt: x }", { title: "Hello" }],
  ["visibility: private\nprovider: golpo\nwith: { prompt: x }", { visibility: "private" }],
  ["provider: golpo\nwith: { prompt: x, is_public: true }", { visibility: "public" }],
  ["provider: golpo\nwith: { prompt: x, is_public: false }", { visibility: "private" }],
  ["provider: golpo\nwith: { prompt: x, is_public: null }", {}],
  ["visibility: public\nprovider: golpo\nwith: { prompt: x, is_public: true }", { visibility: "public" }],
  ["title: Hello\nvisibility: public\nprovider: viddyscribe\nwith: { operation: audio, input: 'media:1' }", {}],
])("%j has the metadata %j", (text, expected) => {
  expect(metadata(text)).toEqual([expected]);
});

test("what is changed in place has no part in the request, the hashes or the digest", () => {
  const [plain, told] = ["", "title: Hello\n"].map(
    (title, index) =>
      unitsOf(given(`${title}provider: golpo\nwith: { prompt: x${index === 0 ? "" : ", is_public: true"} }`))[0],
  );
  expect(told?.request).toEqual(plain?.request);
  expect(told?.fields).toEqual(plain?.fields);
  expect(told?.digest).toBe(plain?.digest);
});

test("two opposite words on visibility are a problem at the provider's own", () => {
  expect(wrongWith(given("visibility: private\nprovider: golpo\nwith:\n  prompt: x\n  is_public: true"))).toEqual([
    'videos/intro.yaml:5:14 metadata-conflict: is_public: true and visibility: "private" contradict each other',
  ]);
});

test("a default of the project gives way to what the spec says at its top", () => {
  const project = "version: 1\ndefaults: { golpo: { is_public: true } }";
  expect(metadata("visibility: private\nprovider: golpo\nwith: { prompt: x }", project)).toEqual([
    { visibility: "private" },
  ]);
  expect(metadata("provider: golpo\nwith: { prompt: x }", project)).toEqual([{ visibility: "public" }]);
});

test("a wrong type is the schema's to complain of", () => {
  expect(wrongWith(given("provider: golpo\nwith: { prompt: x, is_public: 'yes' }"))).toHaveLength(1);
});

test("a title with a name that does not exist is a problem inside the title", () => {
  const text = `title: Hello $${"{{ matrix.x }}"}\nprovider: golpo\nwith: { prompt: x }`;
  expect(wrongWith(given(text))).toEqual(['videos/intro.yaml:1:25 unknown-name: matrix has no "x"']);
});
