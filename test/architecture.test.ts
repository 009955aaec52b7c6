import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { expect, test } from "vitest";

interface Room {
  /** Folders of ours that this one may name; itself and what is generated are always allowed. */
  readonly ours: readonly string[];
  readonly builtins: readonly string[] | "all";
  /** Packages, or "types": imports that vanish when the code runs. */
  readonly packages: readonly string[] | "all";
  /** Decides and never does: no clock, no chance, no disk, no network, no console. */
  readonly pure?: true;
}

const rooms: Readonly<Record<string, Room>> = {
  model: { ours: [], builtins: [], packages: [], pure: true },
  schema: { ours: ["model"], builtins: [], packages: [], pure: true },
  spec: {
    ours: ["model"],
    builtins: ["node:crypto", "node:path/posix"],
    packages: ["yaml", "canonicalize"],
    pure: true,
  },
  lock: { ours: ["model"], builtins: [], packages: [], pure: true },
  plan: { ours: ["model"], builtins: [], packages: [], pure: true },
  report: { ours: ["model"], builtins: [], packages: ["diff"], pure: true },
  providers: { ours: ["model"], builtins: [], packages: [], pure: true },
  io: { ours: ["model", "providers/error.ts"], builtins: "all", packages: "all" },
  stores: { ours: ["model", "io"], builtins: "all", packages: "all" },
  journal: { ours: ["model", "io"], builtins: "all", packages: "all" },
  apply: { ours: ["model", "providers/error.ts"], builtins: [], packages: [], pure: true },
  emulator: { ours: ["model"], builtins: "all", packages: ["hono", "@hono/node-server"] },
  commands: {
    ours: ["model", "spec", "lock", "plan", "report", "providers", "io", "stores", "journal", "apply", "emulator"],
    builtins: "all",
    packages: "all",
  },
};

const impure = /\b(process|console|fetch|Date\.now|Math\.random|setTimeout|setInterval)\b(?!["'`:?])/;

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));

test("every folder is a room that somebody has described", () => {
  const folders = new Set(files.filter((name) => name.includes(sep)).map((name) => name.split(sep)[0]));
  expect([...folders].filter((folder) => folder !== undefined && rooms[folder] === undefined)).toEqual([]);
});

for (const file of files.filter((name) => name.includes(sep) && !name.endsWith(".d.ts"))) {
  const folder = file.split(sep)[0] ?? "";
  const room = rooms[folder];
  if (room === undefined) continue;
  const text = withoutComments(readFileSync(join("src", file), "utf8"));

  test(`${file} keeps to its room`, () => {
    const imports = importsOf(text);
    const ours = imports
      .filter((name) => name.startsWith("."))
      .map((name) =>
        normalize(join(dirname(file), name))
          .split(sep)
          .join("/"),
      );
    const strangers = ours.filter(
      (target) =>
        ![folder, "schema", ...room.ours].some((allowed) => target === allowed || target.startsWith(`${allowed}/`)),
    );
    expect(strangers, `${folder}/ may not import these`).toEqual([]);

    const builtins = imports.filter((name) => name.startsWith("node:"));
    if (room.builtins !== "all") expect(builtins.filter((name) => !room.builtins.includes(name))).toEqual([]);

    const packages = imports.filter((name) => !name.startsWith(".") && !name.startsWith("node:"));
    const allowed = room.packages;
    if (allowed !== "all") {
      expect(packages.filter((name) => !allowed.some((one) => name === one || name.startsWith(`${one}/`)))).toEqual([]);
    }
    if (room.pure === true) expect(impure.exec(text)?.[0], `${folder}/ is pure`).toBeUndefined();
  });
}

test("one function alone opens the door that spends", () => {
  const spenders = files.filter((name) => /\bpaid\(intent\)/.test(readFileSync(join("src", name), "utf8")));
  expect(spenders).toEqual([join("apply", "submit.ts")]);
  expect(readFileSync("src/apply/submit.ts", "utf8")).not.toMatch(/\bretry|while\s*\(|for\s*\(/i);
});

test("nothing but cli.ts ends the process", () => {
  const enders = files.filter((name) => /process\.exit\b/.test(readFileSync(join("src", name), "utf8")));
  expect(enders).toEqual(["cli.ts"]);
});
