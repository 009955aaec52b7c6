import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const variable =
  /\b(?:GOLPO|VIDDYSCRIBE|NANOGPT|PHOTOGPT|OPENROUTER|REELFORM|GITHUB)_[A-Z_]+\b|\bNO_COLOR\b|\bCHROME_PATH\b|(?<=\["?|\benv\.|\| `)(?:CI|TERM)\b/g;

/** What the program reads of its environment. Specs only mention variables, and the emulator and the demo set them. */
function read(): ReadonlySet<string> {
  const files = ["cli.ts", "process.ts", ...["commands", "io", "providers"].flatMap((folder) => below(folder))];
  const texts = files.map((file) => readFileSync(join("src", file), "utf8"));
  return new Set(texts.flatMap((text) => text.match(variable) ?? []));
}

const below = (folder: string): readonly string[] =>
  readdirSync(join("src", folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));

test("every variable that the program reads is in the reference, and no other", () => {
  const told = new Set(readFileSync("docs/cli.md", "utf8").match(variable));
  expect([...told].sort()).toEqual([...read()].sort());
});
