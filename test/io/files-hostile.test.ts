import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openInputs } from "../../src/io/inputs.ts";
import type { Answer } from "../../src/model/input.ts";
import type { RepoPath } from "../../src/model/unit.ts";
import { png } from "./media-samples.ts";
import { asNobody, scratch } from "./scratch.ts";

const spec = "videos/hr/intro.yaml" as RepoPath;
const image = { kinds: ["image"], maxBytes: 15 * 2 ** 20 } as const;
const canary = "CANARY-4c1b";
/** A secret that would pass for an image if anybody read it. */
const secret = Buffer.concat([png, Buffer.from(canary)]);

/** A repository with secrets in and around it, and every kind of bait. */
function trap(): string {
  const top = scratch({
    "outside/secret.png": secret,
    "repo-2/secret.png": secret,
    "repo/.git/config": secret,
    "repo/.git/x.png": secret,
    "repo/.env": secret,
    "repo/.env.png": secret,
    "repo/.ssh/id_rsa.png": secret,
    "repo/sub/.git/x.png": secret,
    "repo/videos/hr/intro.yaml": "",
    "repo/videos/hr/intro.lock.json": secret,
    "repo/videos/hr/.Env.Local": secret,
    "repo/videos/hr/notes.png": `KEY=${canary}`,
    "repo/videos/hr/page.png": `<html>${canary}</html>`,
    "repo/videos/hr/drawing.png": `<svg>${canary}</svg>`,
    "repo/videos/hr/big.png": Buffer.concat([secret, Buffer.alloc(16 * 2 ** 20)]),
    "repo/videos/hr/empty.png": "",
  });
  const hr = join(top, "repo/videos/hr");
  symlinkSync("../../../outside/secret.png", join(hr, "link.png"));
  symlinkSync(join(top, "outside"), join(hr, "folder"));
  symlinkSync("link.png", join(hr, "link-to-link.png"));
  symlinkSync("../../.env.png", join(hr, "link-to-hidden.png"));
  symlinkSync("../../.git", join(hr, "git"));
  symlinkSync("loop.png", join(hr, "loop.png"));
  symlinkSync("/dev/zero", join(hr, "zero.png"));
  symlinkSync("/proc/self/environ", join(hr, "environ.png"));
  linkSync(join(top, "outside/secret.png"), join(hr, "hard.png"));
  mkdirSync(join(hr, "folder.png"));
  execFileSync("mkfifo", [join(hr, "pipe.png")]);
  return top;
}

const hostile = [
  "../../../outside/secret.png",
  "../../../repo-2/secret.png",
  "../../../../../../../../../../etc/passwd",
  "/etc/passwd",
  "//etc/passwd",
  "/proc/self/environ",
  "/dev/zero",
  "~/.ssh/id_rsa",
  "..\\..\\..\\outside\\secret.png",
  "C:\\secret.png",
  "C:/secret.png",
  "file:///etc/passwd",
  "FILE:/etc/passwd",
  "data:image/png;base64,iVBORw0KGgo=",
  "\0",
  "notes.png\0.png",
  "../../.env\n.png",
  "",
  " ",
  ".",
  "..",
  "./",
  "folder.png",
  "folder.png/",
  "empty.png",
  "missing.png",
  "notes.png/x",
  `${"a".repeat(5000)}.png`,
  "../../.env",
  "../../.env.png",
  "../../.git/config",
  "../../.git/x.png",
  "../../.GIT/x.png",
  "../../.git./x.png",
  "../../.g\u200cit/x.png",
  "../../sub/.git/x.png",
  "../../.ssh/id_rsa.png",
  ".Env.Local",
  "intro.lock.json",
  "INTRO.LOCK.JSON",
  "link.png",
  "link-to-link.png",
  "link-to-hidden.png",
  "folder/secret.png",
  "folder/../secret.png",
  "git/x.png",
  "loop.png",
  "zero.png",
  "environ.png",
  "hard.png",
  "pipe.png",
  "big.png",
  "notes.png",
  "page.png",
  "drawing.png",
];

test("no hostile path shows anything of the secrets", () => {
  const top = trap();
  const inputs = openInputs({ project: join(top, "repo"), root: join(top, "repo") });
  const answers = hostile.map((path) => [path, inputs.asset(spec, path, image)] as const);
  expect(answers.filter(([, answer]) => answer.ok).map(([path]) => path)).toEqual([]);
  expect(JSON.stringify(answers)).not.toContain(canary);
});

test("as a text no hostile path shows anything either", () => {
  const top = trap();
  const inputs = openInputs({ project: join(top, "repo"), root: join(top, "repo") });
  const plain = new Set(["notes.png", "page.png", "drawing.png", "empty.png"]);
  const answers = hostile.filter((path) => !plain.has(path)).map((path) => inputs.text(spec, path));
  expect(answers.filter((answer) => answer.ok)).toEqual([]);
  expect(JSON.stringify(answers)).not.toContain(canary);
});

const code = (answer: Answer<unknown>): string => (answer.ok ? "ok" : answer.refusal.code);

test.each([
  ["../../../outside/secret.png", "outside-repository"],
  ["../../../outside/no-such-file.png", "outside-repository"],
  ["link.png", "outside-repository"],
  ["../../.env", "off-limits"],
  ["../../.env.no-such-file", "off-limits"],
  ["link-to-hidden.png", "off-limits"],
  ["/etc/passwd", "unsafe-path"],
  ["pipe.png", "not-a-file"],
  ["zero.png", "outside-repository"],
  ["hard.png", "hard-link"],
  ["big.png", "file-too-large"],
  ["notes.png", "wrong-media"],
  ["missing.png", "file-not-found"],
  ["loop.png", "unsteady-file"],
])("%s is refused as %s", (path, expected) => {
  const top = trap();
  const inputs = openInputs({ project: join(top, "repo"), root: join(top, "repo") });
  expect(code(inputs.asset(spec, path, image))).toBe(expected);
});

test("a file that this user may not read is refused", async () => {
  const top = scratch({ "videos/hr/a.png": png });
  execFileSync("chmod", ["755", top]);
  execFileSync("chmod", ["000", join(top, "videos/hr/a.png")]);
  await asNobody(() => {
    const inputs = openInputs({ project: top, root: top });
    expect(code(inputs.asset(spec, "a.png", image))).toBe("unreadable-file");
  });
});

test("a file swapped for a link while it is opened shows nothing from outside", async () => {
  const top = scratch({ "outside/a.png": secret, "outside/inner/a.png": secret, "repo/videos/hr/inner/a.png": png });
  const hr = join(top, "repo/videos/hr");
  symlinkSync(join(top, "outside/inner"), join(hr, "decoy"));
  const swap = `
    const { renameSync } = require("node:fs");
    const { workerData: { hr, running } } = require("node:worker_threads");
    while (Atomics.load(running, 0) === 1) {
      for (const [from, to] of [["inner", "kept"], ["decoy", "inner"], ["inner", "decoy"], ["kept", "inner"]])
        renameSync(hr + "/" + from, hr + "/" + to);
    }`;
  const running = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  const worker = new Worker(swap, { eval: true, workerData: { hr, running } });
  await new Promise((resolve) => worker.once("online", resolve));
  const sizes = new Set<number>();
  for (let round = 0; round < 10_000; round++) {
    const answer = openInputs({ project: join(top, "repo"), root: join(top, "repo") }).asset(
      spec,
      "inner/a.png",
      image,
    );
    if (answer.ok) sizes.add(answer.value.bytes);
  }
  Atomics.store(running, 0, 0);
  await new Promise((resolve) => worker.once("exit", resolve));
  expect(sizes).toEqual(new Set([png.length]));
});

test("what replaced a file between planning and sending is not sent", async () => {
  const { bytesOf } = await import("../../src/io/inputs.ts");
  const top = scratch({ "videos/hr/a.png": png });
  const repository = { project: top, root: top };
  const planned = openInputs(repository).asset(spec, "a.png", image);
  if (!planned.ok) throw new Error(planned.refusal.message);
  expect(bytesOf(repository, planned.value)?.equals(png)).toBe(true);
  writeFileSync(join(top, "videos/hr/b.png"), secret.subarray(0, png.length - 1));
  renameSync(join(top, "videos/hr/b.png"), join(top, "videos/hr/a.png"));
  expect(bytesOf(repository, planned.value)).toBeUndefined();
});
