import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { Answer, Inputs, Wanted } from "../model/input.ts";
import { nearest } from "../model/nearest.ts";
import type { Asset, RepoPath } from "../model/unit.ts";
import { errorCode } from "./error-code.ts";
import { isOneOf, mediaTypeOf, readableText } from "./media-type.ts";
import type { Repository } from "./repository.ts";
import { insideOf, readSafely, type SafeFile } from "./safe-file.ts";
import { sha256 } from "./sha256.ts";
import { follow, noInput } from "./written-path.ts";

const maxTextBytes = 1024 * 1024;

/** Opens the files of one repository to specs. Each file is read once, however many units name it. */
export function openInputs(repository: Repository): Inputs {
  const texts = new Map<string, Answer<string>>();
  const assets = new Map<string, Answer<Asset>>();
  return {
    text: (from, written) => once(texts, [from, written], () => readText(repository, from, written)),
    asset: (from, written, wanted) =>
      once(assets, [from, written, wanted], () => readAsset(repository, from, written, wanted)),
  };
}

function once<T>(known: Map<string, T>, key: readonly unknown[], make: () => T): T {
  const name = JSON.stringify(key);
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
}

function readText(repository: Repository, from: RepoPath, written: string): Answer<string> {
  const file = readNamed(repository, from, written, maxTextBytes);
  if (!file.ok) return file;
  const text = readableText(file.value.bytes);
  if (text !== undefined) return { ok: true, value: text };
  return { ok: false, refusal: { code: "not-text", message: `${JSON.stringify(written)} is not a text in UTF-8` } };
}

function readAsset(repository: Repository, from: RepoPath, written: string, wanted: Wanted): Answer<Asset> {
  const file = readNamed(repository, from, written, wanted.maxBytes);
  if (!file.ok) return file;
  const { bytes, path } = file.value;
  const found = mediaTypeOf(bytes, basename(path));
  if (found === undefined || !isOneOf(found, wanted.kinds)) {
    const what = found === undefined ? "no file of a known kind" : found.mediaType;
    const message = `${JSON.stringify(written)} is ${what}, and ${wanted.kinds.map((kind) => article[kind]).join(" or ")} is wanted here`;
    return { ok: false, refusal: { code: "wrong-media", message, hint: "what counts is the content, not the name" } };
  }
  const asset = relative(realpathSync.native(repository.project), path).split(sep).join("/") as RepoPath;
  return { ok: true, value: { asset, sha256: sha256(bytes), bytes: bytes.length, mediaType: found.mediaType } };
}

const article = {
  image: "an image",
  video: "a video",
  audio: "a sound",
  document: "a document (pdf, docx, pptx or txt)",
  media: "an image, a video or a sound",
} as const;

function readNamed(repository: Repository, from: RepoPath, written: string, maxBytes: number): Answer<SafeFile> {
  const path = follow(from, written);
  if (!path.ok) return path;
  const file = readSafely(repository, path.value, maxBytes, noInput);
  if (file.ok) return file;
  const { refusal } = file;
  const message = `${JSON.stringify(written)}: ${refusal.message}`;
  const hint = refusal.code === "file-not-found" ? likelier(repository, path.value, written) : refusal.hint;
  return {
    ok: false,
    refusal: hint === undefined ? { code: refusal.code, message } : { code: refusal.code, message, hint },
  };
}

/** The name beside a missing file that was most likely meant. Looks nowhere outside the repository. */
function likelier(repository: Repository, path: string, written: string): string | undefined {
  const wanted = resolve(repository.project, path);
  try {
    const folder = realpathSync.native(dirname(wanted));
    const root = realpathSync.native(repository.root);
    if (folder !== root && insideOf(root, folder) === undefined) return undefined;
    const names = readdirSync(folder).filter((name) => !name.startsWith("."));
    const name = nearest(basename(wanted), names);
    return name === undefined ? undefined : `did you mean "${written.slice(0, written.lastIndexOf("/") + 1)}${name}"?`;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** The content of an asset as it was planned. Undefined when the file has changed, or may not be read any more. */
export function bytesOf(repository: Repository, asset: Asset): Buffer | undefined {
  const file = readSafely(repository, asset.asset, asset.bytes, noInput);
  return file.ok && sha256(file.value.bytes) === asset.sha256 ? file.value.bytes : undefined;
}
