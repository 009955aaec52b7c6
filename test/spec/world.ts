import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Inputs } from "../../src/model/input.ts";
import type { Checked, Problem } from "../../src/model/problem.ts";
import type { RepoPath, Unit, UnitId } from "../../src/model/unit.ts";
import { type Document, parseDocument } from "../../src/spec/document.ts";
import { parseSpec, type Spec } from "../../src/spec/parse.ts";
import { noProject, type Project, parseProject } from "../../src/spec/project.ts";
import { resolveAll } from "../../src/spec/resolve-all.ts";
import { loadValidators } from "../../src/spec/validators.ts";
import { golpo, viddyscribe } from "./rules.ts";

const formats = await loadValidators([]);

export function documentOf(text: string, file = "videos/intro.yaml"): Document {
  return settledValue(parseDocument(file as RepoPath, text));
}

export const specOf = (text: string, file = "videos/intro.yaml"): Spec =>
  settledValue(parseSpec(file as RepoPath, text, formats));

export const projectOf = (text: string): Project =>
  settledValue(parseProject("reelform.yaml" as RepoPath, text, formats));

/** A disk in memory. What is not text in it is a PNG. */
export function inputsOf(files: { readonly [path: string]: string }): Inputs {
  const find = (from: RepoPath, written: string) => {
    const path = posix.join(posix.dirname(from), written) as RepoPath;
    return { path, content: files[path] };
  };
  const missing = { ok: false, refusal: { code: "file-not-found", message: "no such file" } } as const;
  return {
    text(from, written) {
      const { content } = find(from, written);
      return content === undefined ? missing : { ok: true, value: content };
    },
    asset(from, written, { kinds, maxBytes }) {
      const { path, content } = find(from, written);
      if (content === undefined) return missing;
      if (!kinds.includes("image")) return { ok: false, refusal: { code: "wrong-media", message: "not wanted" } };
      if (content.length > maxBytes) return { ok: false, refusal: { code: "file-too-large", message: "too large" } };
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { ok: true, value: { asset: path, sha256, bytes: content.length, mediaType: "image/png" } };
    },
  };
}

export interface Given {
  readonly specs: { readonly [file: string]: string };
  readonly project?: string;
  readonly files?: { readonly [path: string]: string };
  readonly takeOf?: (id: UnitId) => number;
}

export function resolved({ specs, project, files = {}, takeOf = () => 1 }: Given): Checked<readonly Unit[]> {
  return resolveAll(
    Object.entries(specs).map(([file, text]) => specOf(text, file)),
    project === undefined ? noProject : projectOf(project),
    {
      inputs: inputsOf(files),
      takeOf,
      remarks: () => [],
      rules: new Map([
        ["golpo", golpo],
        ["viddyscribe", viddyscribe],
      ]),
    },
  );
}

export const unitsOf = (given: Given): readonly Unit[] => settledValue(resolved(given));

/** `file:line:column code message`, as a person would see it, for everything that is wrong. */
export function wrongWith(given: Given): readonly string[] {
  const result = resolved(given);
  return (result.ok ? result.warnings : result.problems).map(told);
}

export const told = ({ at, code, message }: Problem): string =>
  `${at.file}:${at.line}:${at.column} ${code}: ${message}`;

export function settledValue<T>(result: Checked<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(told).join("\n"));
}
