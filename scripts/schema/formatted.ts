import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const biome = fileURLToPath(new URL("../../node_modules/@biomejs/biome/bin/biome", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

/** The text as the project's formatter would have it, so that generated files need no exception. */
export const formatted = (file: string, text: string): string =>
  execFileSync(process.execPath, [biome, "format", `--stdin-file-path=src/schema/${file}`], {
    cwd: root,
    input: text,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
  });
