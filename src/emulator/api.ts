import type { Hono } from "hono";
import type { Env } from "./env.ts";
import type { World } from "./world.ts";

/** One provider, faked. Adding one is a file that exports an `OpenApi`, and its line in `apis.ts`. */
export interface Api {
  /** Mounted under the provider's name: its base URL is `<emulator>/<name>`. */
  readonly routes: Hono<Env>;
  /** A finished file by its name, as the object storage serves it under `/<name>/files/`. */
  file(name: string): Rendered | undefined;
}

export interface Rendered {
  /** What the file is about, for faults that look for a word. */
  readonly prompt: string | undefined;
  readonly mediaType: string;
  render(): Uint8Array<ArrayBuffer>;
}

export type OpenApi = (world: World) => Api;
