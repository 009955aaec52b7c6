import type { Strike } from "./faults/strike.ts";
import type { Log } from "./log.ts";
import type { Links } from "./storage/links.ts";
import type { Uploads } from "./storage/uploads.ts";

/** What the emulated APIs share. */
export interface World {
  readonly seed: number;
  /** Emulated seconds in a real one. */
  readonly speed: number;
  /** Dollars that an account has to begin with. */
  readonly credits: number;
  readonly log: Log;
  readonly strike: Strike;
  readonly links: Links;
  readonly uploads: Uploads;
}
