/** A model as its provider lists it. What the list leaves out is not known, so it refuses nothing. */
export interface Model {
  readonly id: string;
  readonly name?: string;
  /** Seconds. */
  readonly durations?: readonly number[];
  readonly resolutions?: readonly string[];
  readonly aspectRatios?: readonly string[];
  /** `1280x720`. */
  readonly sizes?: readonly string[];
  /** Which pictures it can begin or end with: `first_frame`, `last_frame`. */
  readonly frames?: readonly string[];
  /** Whether it can make sound. */
  readonly audio?: boolean;
  readonly seed?: boolean;
  /** The names of the provider's own options that it hands on. */
  readonly passthrough?: readonly string[];
  readonly upscale?: { readonly min?: number; readonly max?: number };
  readonly creativity?: readonly number[];
  /** The provider's own price keys with their values, as it words them. */
  readonly prices?: { readonly [sku: string]: string };
}

/** What a provider offered on a day. Kept as a file, so that plans need no network and a change can be reviewed. */
export interface Catalogue {
  /** The day of the list: `2026-10-02`; empty for no list. */
  readonly asOf: string;
  readonly models: ReadonlyMap<string, Model>;
}

/** For a provider that lists no models. */
export const noCatalogue: Catalogue = { asOf: "", models: new Map() };
