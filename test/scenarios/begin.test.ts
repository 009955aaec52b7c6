import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { providerNames } from "../../src/model/unit.ts";
import { api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { stage } from "../support/cli/stage.ts";

const readme = { "README.md": "Our videos\n" };

test.each(providerNames)("a project begun with %s validates, plans and makes its first video at once", async (name) => {
  const videos = await stage(readme, { api: await api() });
  const begun = await videos.reelform(`init --provider ${name} --ci github`);
  expect(begun, begun.stderr).toMatchObject({ code: 0, stderr: "" });
  const wrote = ["reelform.yaml", "videos/first.yaml", ".gitattributes", ".github/workflows/videos.yml"];
  expect(begun.stdout).toBe([...wrote.map((file) => `wrote ${file}`), "next `reelform plan --emulate`\n"].join("\n"));

  const lists = "--matrix aspect_ratio=16:9,9:16 --matrix team=hr,it";
  const added = await videos.reelform(`new launch/teaser --provider ${name} ${lists}`);
  expect(added, added.stderr).toMatchObject({ code: 0, stderr: "" });
  expect(added.stdout).toBe("wrote videos/launch/teaser.yaml\nnext `reelform plan launch/teaser`\n");

  expect(await videos.reelform("validate")).toMatchObject({ code: 0, stdout: "2 specs checked\n", stderr: "" });
  const planned = await videos.reelform("plan --emulate");
  expect(planned, planned.stderr).toMatchObject({ code: 0 });
  expect(planned.stdout).toMatch(/ \+ launch\/teaser@9-16,it/);
  const made = await videos.reelform("reconcile --emulate --commit --allow-unknown-cost first");
  expect(made, made.stdout).toMatchObject({ code: 0 });
  expect(await videos.git("check-attr", "linguist-generated", "--", "videos/first.lock.json")).toMatch(/true$/);
});

test("what init writes for GitHub is what is shipped, and nothing that is there is overwritten", async () => {
  const videos = await stage({ ...readme, ".gitattributes": "*.mp4 binary\n" }, { api: await api() });
  const begun = await videos.reelform("init --ci github");
  expect(begun.stdout).toContain("kept .gitattributes, which is there already");
  expect(begun.stderr).toContain("hint: .gitattributes without `*.lock.json linguist-generated=true`");
  expect(await videos.read(".gitattributes")).toBe("*.mp4 binary\n");
  expect(await videos.read(".github/workflows/videos.yml")).toBe(readFileSync("templates/github/videos.yml", "utf8"));

  await videos.write({ "reelform.yaml": "version: 1\n" });
  await videos.remove("videos/first.yaml");
  const again = await videos.reelform("init --ci github");
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).not.toContain("wrote");
  expect(await videos.read("reelform.yaml")).toBe("version: 1\n");
});

test("a project that has specs gets no other, and a subfolder gets no workflow", async () => {
  const videos = await stage({ "videos/tides.yaml": spec("Why the sea rises") }, { api: await api() });
  expect((await videos.reelform("init")).stdout).not.toContain("videos/first.yaml");
  await videos.write({ "sub/README.md": "" });
  const below = await videos.reelform("init --ci github -C sub");
  expect(below.code).toBe(64);
  expect(below.stderr).toContain("where GitHub looks for workflows");
  expect(await videos.read("sub/reelform.yaml")).toBeUndefined();
});

test("a new spec stands where the project file wants it, is made for whom it allows, and takes nobody's place", async () => {
  const videos = await stage(
    { "reelform.yaml": "version: 1\nvideos: films\npolicy: { providers: [openrouter] }\n", "films/old.yml": spec("x") },
    { api: await api() },
  );
  expect(await videos.reelform("new teaser")).toMatchObject({ code: 0 });
  expect(await videos.read("films/teaser.yaml")).toContain("provider: openrouter");
  for (const id of ["teaser", "old"]) {
    const second = await videos.reelform(`new ${id}`);
    expect(second).toMatchObject({ code: 64 });
    expect(second.stderr).toContain(`there is a spec ${id} already`);
  }
  for (const id of ["../x", "/etc/x", "a b", ".hidden", "a//b"])
    expect(await videos.reelform(`new ${id.replace(" ", "%")}`), id).toMatchObject({ code: 64 });
});

test("values of a matrix that a provider does not take are told, with their line", async () => {
  const videos = await stage(readme, { api: await api() });
  const added = await videos.reelform("new teaser --provider openrouter --matrix resolution=720p,8k");
  expect(added.code).toBe(3);
  expect(added.stderr).toMatch(/videos\/teaser\.yaml:\d+:\d+ error/);
  expect((await videos.reelform("new other --matrix style")).code).toBe(64);
});
