import type { Checked } from "../model/problem.ts";
import type { RepoPath } from "../model/unit.ts";
import type { WrittenVideo } from "../schema/video.types.ts";
import { type Document, parseDocument } from "./document.ts";
import { checkDocument } from "./schema.ts";
import { settled } from "./settled.ts";
import type { Validators } from "./validators.ts";

/** A spec as its author wrote it: nothing is filled in yet. */
export interface Spec {
  readonly document: Document;
  readonly written: WrittenVideo;
}

/** Reads a spec. What stands under `with` is checked later, when placeholders and defaults are filled in. */
export function parseSpec(file: RepoPath, text: string, validators: Pick<Validators, "video">): Checked<Spec> {
  const parsed = parseDocument(file, text);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  return settled(checkDocument(validators.video, document), () => ({
    document,
    written: document.value as WrittenVideo,
  }));
}
