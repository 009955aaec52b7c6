import type { OutputRole } from "./unit.ts";

/** What the file itself says, read from its bytes. */
export interface MediaFacts {
  readonly mediaType: string;
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  readonly audio?: boolean;
}

/** A finished file of a unit, kept for good. `url` is the store's, never the provider's. */
export interface Output extends MediaFacts {
  readonly role: OutputRole;
  readonly sha256: string;
  readonly bytes: number;
  readonly url: string;
}
