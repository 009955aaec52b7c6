import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLocks, readSource, readSpecs } from "../../src/io/files.ts";
import { openInputs } from "../../src/io/inputs.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { docx, mp4, pdf, png } from "./media-samples.ts";
import { asNobody, scratch } from "./scratch.ts";

const at = (project: string, root = project) => ({ project, root });
const spec = "videos/hr/intro.yaml" as RepoPath;

test("specs are found at every depth, in the order of their paths, and nothing else is", () => {
  const project = scratch({
    "videos/b.yml": "b",
    "videos/a/z.yaml": "z",
    "videos/a.yaml": "a",
    "videos/a/.hidden.yaml": "",
    "videos/.drafts/x.yaml": "",
    "videos/a.lock.json": "{}",
    "videos/notes.yaml.txt": "",
    "other/x.yaml": "",
  });
  expect(readSpecs(at(project), "./videos/")).toEqual({
    files: [
      { file: "videos/a.yaml", text: "a" },
      { file: "videos/a/z.yaml", text: "z" },
      { file: "videos/b.yml", text: "b" },
    ],
    problems: [],
  });
});

test("lockfiles are found at every depth, and what has such a name and is no file is an error", () => {
  const project = scratch({
    "videos/a.lock.json": "a",
    "videos/hr/b.lock.json": "b",
    "videos/hr/b.yaml": "",
    "videos/folder.lock.json/x": "",
    "c.lock.json": "",
  });
  symlinkSync("a.lock.json", join(project, "videos/link.lock.json"));
  const { files, problems } = readLocks(at(project), "./videos/");
  expect(files.map(({ file, text }) => `${file} ${text}`).sort()).toEqual([
    "videos/a.lock.json a",
    "videos/hr/b.lock.json b",
  ]);
  expect(problems.map(({ at, code, severity }) => `${at.file} ${severity} ${code}`).sort()).toEqual([
    "videos/folder.lock.json error lock-not-a-file",
    "videos/link.lock.json error lock-not-a-file",
  ]);
  expect(readLocks(at(project), "films")).toEqual({ files: [], problems: [] });
});

test("links to specs and to folders are named and not followed", () => {
  const project = scratch({ "videos/a.yaml": "a", "elsewhere/b.yaml": "b", "videos/logo.png": png });
  symlinkSync("a.yaml", join(project, "videos/again.yaml"));
  symlinkSync("../elsewhere", join(project, "videos/more"));
  symlinkSync("/etc", join(project, "videos/etc"));
  symlinkSync("round", join(project, "videos/round"));
  symlinkSync("logo.png", join(project, "videos/same-logo.png"));
  const { files, problems } = readSpecs(at(project), "videos");
  expect(files.map(({ file }) => file)).toEqual(["videos/a.yaml"]);
  expect(problems.map(({ at, code, severity }) => `${at.file} ${severity} ${code}`).sort()).toEqual([
    "videos/again.yaml warning linked-spec",
    "videos/etc warning linked-spec",
    "videos/more warning linked-spec",
  ]);
});

test("a videos folder that lies outside of the repository is not read", () => {
  const top = scratch({ "outside/a.yaml": "a" });
  mkdirSync(join(top, "repo"));
  symlinkSync("../outside", join(top, "repo/videos"));
  const { files, problems } = readSpecs(at(join(top, "repo")), "videos");
  expect(files).toEqual([]);
  expect(problems.map(({ code }) => code)).toEqual(["outside-repository"]);
});

test("without a videos folder there are no specs", () => {
  expect(readSpecs(at(scratch()), "videos")).toEqual({ files: [], problems: [] });
});

test("a spec that cannot be read is a problem, and the others are still read", () => {
  const project = scratch({
    "videos/big.yaml": "#".repeat(2 ** 25 + 1),
    "videos/latin.yaml": Buffer.from([0x61, 0x3a, 0x20, 0xfc]),
    "videos/fine.yaml": "\uFEFFid: x\r\n",
  });
  const { files, problems } = readSpecs(at(project), "videos");
  expect(files).toEqual([{ file: "videos/fine.yaml", text: "id: x\r\n" }]);
  expect(problems.map(({ at, code }) => `${at.file} ${code}`)).toEqual([
    "videos/big.yaml file-too-large",
    "videos/latin.yaml not-text",
  ]);
});

test("a file that is not there is no problem to who asks whether it is", () => {
  expect(readSource(at(scratch()), "reelform.yaml" as RepoPath)).toEqual({ ok: true, value: undefined });
});

test("a lockfile is a file of ours, though no spec may name it", () => {
  const project = scratch({ "videos/hr/intro.lock.json": "{}" });
  const file = "videos/hr/intro.lock.json" as RepoPath;
  expect(readSource(at(project), file)).toEqual({ ok: true, value: { file, text: "{}" } });
  expect(openInputs(at(project)).text(spec, "intro.lock.json")).toMatchObject({ refusal: { code: "off-limits" } });
});

test("an asset is named by its path in the project and known by its content", () => {
  const project = scratch({ "videos/hr/logo.png": png, "brand/logo.jpg": png });
  const inputs = openInputs(at(project));
  const wanted = { kinds: ["image"], maxBytes: 1000 } as const;
  const content = { bytes: png.length, mediaType: "image/png" };
  const [near, far] = ["./logo.png", "../../brand/logo.jpg"].map((path) => inputs.asset(spec, path, wanted));
  if (near?.ok !== true || far?.ok !== true) throw new Error("refused");
  expect(near.value).toEqual({ ...content, sha256: near.value.sha256, asset: "videos/hr/logo.png" });
  expect(far.value).toEqual({ ...near.value, asset: "brand/logo.jpg" });
  expect(near.value.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("a project in a part of a repository may use files of the whole", () => {
  const root = scratch({ "brand/logo.png": png, "films/videos/a.yaml": "", "outside.txt": "" });
  const inputs = openInputs(at(join(root, "films"), root));
  const asset = inputs.asset("videos/a.yaml" as RepoPath, "../../brand/logo.png", { kinds: ["image"], maxBytes: 1000 });
  expect(asset).toMatchObject({ ok: true, value: { asset: "../brand/logo.png" } });
});

test("a link to a file of the repository is the file it leads to", () => {
  const project = scratch({ "brand/logo.png": png, "videos/hr/intro.yaml": "" });
  symlinkSync("../../brand/logo.png", join(project, "videos/hr/logo.png"));
  const asset = openInputs(at(project)).asset(spec, "logo.png", { kinds: ["image"], maxBytes: 1000 });
  expect(asset).toMatchObject({ ok: true, value: { asset: "brand/logo.png" } });
});

test.each([
  ["an image", ["image"], "a.mp4", false],
  ["a video", ["video"], "a.mp4", true],
  ["media", ["media"], "a.mp4", true],
  ["a document or an image", ["document", "image"], "a.png", true],
  ["a document or an image", ["document", "image"], "a.docx", true],
  ["a document", ["document"], "a.pdf", true],
  ["a sound", ["audio"], "a.pdf", false],
] as const)("where %s is wanted (%j), %s is judged by its kind", (_, kinds, name, accepted) => {
  const project = scratch({
    "videos/hr/a.mp4": mp4,
    "videos/hr/a.png": png,
    "videos/hr/a.docx": docx,
    "videos/hr/a.pdf": pdf,
  });
  expect(openInputs(at(project)).asset(spec, name, { kinds, maxBytes: 1000 }).ok).toBe(accepted);
});

test("a missing file's neighbour of nearly the same name is suggested as it would be written", () => {
  const project = scratch({ "videos/hr/assets/logo.png": png, "videos/hr/assets/.logo.pgn": "" });
  const answer = openInputs(at(project)).asset(spec, "./assets/logo.pgn", { kinds: ["image"], maxBytes: 1000 });
  expect(answer).toMatchObject({
    refusal: { message: '"./assets/logo.pgn": no such file', hint: 'did you mean "./assets/logo.png"?' },
  });
});

test("a text file keeps its line breaks and loses its byte order mark; one over 1 MiB is refused", () => {
  const project = scratch({ "videos/hr/a.md": "\uFEFFone\r\ntwo\n", "videos/hr/b.md": "x".repeat(2 ** 20 + 1) });
  const inputs = openInputs(at(project));
  expect(inputs.text(spec, "a.md")).toEqual({ ok: true, value: "one\r\ntwo\n" });
  expect(inputs.text(spec, "b.md")).toMatchObject({ refusal: { code: "file-too-large" } });
});

test("a folder that may not be listed does not hide the problem of the missing file", async () => {
  const project = scratch({ "videos/hr/closed/a.md": "" });
  const { chmodSync } = await import("node:fs");
  chmodSync(project, 0o755);
  chmodSync(join(project, "videos/hr/closed"), 0o111);
  await asNobody(() => {
    expect(openInputs(at(project)).text(spec, "closed/b.md")).toMatchObject({ refusal: { code: "file-not-found" } });
  });
  expect(readFileSync(join(project, "videos/hr/closed/a.md"), "utf8")).toBe("");
});
