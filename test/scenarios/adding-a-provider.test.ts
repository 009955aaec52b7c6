import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { folder } from "../support/cli/folder.ts";

const run = promisify(execFile);

/** A block of the guide: ```<language> <files>, and what stands in it. */
interface Block {
  readonly language: string;
  readonly files: readonly string[];
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+) (\S[^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", files = "", text = ""]) => ({
      language,
      files: files.split(" "),
      text,
    }),
  );
}

/** What `-` lines say gives way to what `+` lines say; without a `-` line they come first. */
function changed(before: string, diff: string): string {
  const side = (sign: string): string =>
    diff
      .split("\n")
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join("\n");
  const [old, now] = [side("-"), side("+")];
  if (old === "") return `${now}\n${before}`;
  expect(before, `what the guide changes is there: ${old}`).toContain(old);
  return before.replaceAll(old, now);
}

/** This very project in a folder of its own, without what is made. */
async function copyOfProject(): Promise<string> {
  const here = resolve(import.meta.dirname, "../..");
  const copy = await folder();
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: here });
  for (const name of stdout.split("\0").filter((one) => one !== "")) cpSync(join(here, name), join(copy, name));
  symlinkSync(join(here, "node_modules"), join(copy, "node_modules"));
  return copy;
}

test("who follows docs/adding-a-provider.md to the letter has a sixth provider that makes a film", async () => {
  const copy = await copyOfProject();
  const blocks = blocksOf(readFileSync(join(copy, "docs/adding-a-provider.md"), "utf8"));
  for (const { language, files, text } of blocks) {
    for (const file of files) {
      const path = join(copy, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, language === "diff" ? changed(readFileSync(path, "utf8"), text) : text);
    }
  }
  const written = blocks.filter(({ language }) => language !== "diff").flatMap(({ files }) => files);

  const tool = (name: string, ...args: readonly string[]) =>
    run(join(copy, "node_modules/.bin", name), args, { cwd: copy }).catch(
      (error: { stdout: string; stderr: string }) => {
        throw new Error(`${name} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
      },
    );
  const code = written.filter((name) => name.endsWith(".ts"));
  await tool("tsx", "scripts/build-schema.ts");
  await tool("biome", "check", "--write", "src/providers/index.ts", "src/emulator/apis.ts", "src/model/unit.ts");
  await tool("biome", "check", "--vcs-enabled=false", ...code);
  await tool("tsc", "--noEmit");
  await tool("tsc", "-p", "tsconfig.build.json");
  await tool("tsx", "scripts/copy-validators.ts");
  await tool("tsx", "scripts/build-docs.ts");
  await tool("vitest", "run", "test/providers/pinhole.test.ts", "test/architecture.test.ts");

  const videos = await folder();
  mkdirSync(join(videos, "videos"));
  cpSync(join(copy, "videos/tides.yaml"), join(videos, "videos/tides.yaml"));
  await run("git", ["init", "--quiet"], { cwd: videos });
  await run("git", ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x", "--allow-empty"], {
    cwd: videos,
  });
  const { stdout } = await run("node", [join(copy, "dist/cli.js"), "reconcile", "--emulate"], { cwd: videos });
  expect(stdout).toMatch(/✓ tides {2}\$0\.40 {2}generated\n {6}video {2}out\/tides\.video\.\w+\.mp4/);
});
