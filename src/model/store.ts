import type { Output } from "./output.ts";
import type { OutputRole, UnitId } from "./unit.ts";

/** A verified file on disk that is about to be kept for good. */
export interface Finished {
  readonly unit: UnitId;
  readonly role: OutputRole;
  /** Where the bytes are now; the store takes them from there. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Without a dot: "mp4". Chosen from the bytes, never from a name the provider gave. */
  readonly extension: string;
}

/** Where outputs are kept. Names are content-addressed, so putting the same file again is the same. */
export interface Store {
  /** Asked before anything is paid for. Throws a StoreError where nothing could be kept. */
  prepare(): Promise<void>;
  /** Whether anybody, and so a provider, can fetch what is kept from its address. */
  isPublic(): Promise<boolean>;
  /** Keeps the file and answers the address it has from now on. */
  put(file: Finished): Promise<string>;
  /** Whether the file is there, as it was kept. Throws a StoreError where nobody can tell. */
  has(output: Output): Promise<boolean>;
  /** Copies a kept file to `path`. Throws a StoreError when it is gone. */
  get(output: Output, path: string): Promise<void>;
}

/** The store refused or lost a file. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
