import type { Asset, RepoPath } from "./unit.ts";

/** What a file is by its content. `media` is an image, a video or a sound. */
export type AssetKind = "image" | "video" | "audio" | "document" | "media";

/** Why something may not be used. Whoever knows where it was written makes a Problem of it. */
export interface Refusal {
  readonly code: string;
  /** Lower case, no full stop. */
  readonly message: string;
  readonly hint?: string;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** What an asset must be to be of use where it is named: of any of these kinds. */
export interface Wanted {
  readonly kinds: readonly AssetKind[];
  readonly maxBytes: number;
}

/**
 * The files that a spec may name. Both read at once: what they answer was read from the disk, inside the repository,
 * through one open file. `from` is the file that says `written`.
 */
export interface Inputs {
  text(from: RepoPath, written: string): Answer<string>;
  asset(from: RepoPath, written: string, wanted: Wanted): Answer<Asset>;
}
