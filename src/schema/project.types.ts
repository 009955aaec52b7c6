/* Generated from schemas/project.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * Fields for every request to Golpo.
 */
export type WrittenDefaults = JsonObject;
/**
 * Fields for every request to ViddyScribe.
 */
export type WrittenDefaults1 = JsonObject;
/**
 * Fields for every request to NanoGPT.
 */
export type WrittenDefaults2 = JsonObject;
/**
 * Fields for every request to PhotoGPT.
 */
export type WrittenDefaults3 = JsonObject;
/**
 * Fields for every request to OpenRouter.
 */
export type WrittenDefaults4 = JsonObject;
/**
 * For each second of video asked for.
 */
export type Amount = number | string;
/**
 * For each request, whatever its length.
 */
export type Amount1 = number | string;
/**
 * Where finished files are kept for good. Default: the folder out.
 */
export type WrittenStore = WrittenDirectoryStore | WrittenReleaseStore | WrittenS3Store;
/**
 * The most that one run may begin to spend.
 */
export type Amount2 = number | string;
/**
 * The most that all runs together may begin to spend in a calendar month (UTC).
 */
export type Amount3 = number | string;

/**
 * What holds for all videos of a repository: reelform.yaml. Every part may be left out.
 */
export interface WrittenProject {
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * The folder of the specs, relative to this file. Default: videos.
   */
  videos?: string;
  /**
   * Values for ${{ vars.<name> }} in every spec.
   */
  vars?: {
    /**
     * A text, a number, or true or false.
     */
    [k: string]: string | number | boolean;
  };
  /**
   * Laid under the with of every request to a provider: what the spec says wins, field by field.
   */
  defaults?: {
    golpo?: WrittenDefaults;
    viddyscribe?: WrittenDefaults1;
    nanogpt?: WrittenDefaults2;
    photogpt?: WrittenDefaults3;
    openrouter?: WrittenDefaults4;
  };
  /**
   * How each provider is treated. Keys and addresses are never here: they come from the environment.
   */
  providers?: {
    golpo?: WrittenProviderSettings;
    viddyscribe?: WrittenProviderSettings1;
    nanogpt?: WrittenProviderSettings2;
    photogpt?: WrittenProviderSettings3;
    openrouter?: WrittenProviderSettings4;
  };
  store?: WrittenStore;
  /**
   * What may be spent, in US dollars. What is already paid for is always finished.
   */
  budget?: {
    perRun?: Amount2;
    perMonth?: Amount3;
    /**
     * What to do with a request whose price nobody publishes. ask: only with --allow-unknown-cost. Default: ask.
     */
    unknown?: "ask" | "allow" | "deny";
  };
  /**
   * What specs may ask for.
   */
  policy?: {
    /**
     * The providers that may be used. Default: all.
     *
     * @minItems 1
     *
     * Items: The name of a provider.
     */
    providers?: ("golpo" | "viddyscribe" | "nanogpt" | "photogpt" | "openrouter")[];
    /**
     * The longest video that one request may ask for, in seconds.
     */
    maxSeconds?: number;
  };
}
/**
 * How Golpo is treated.
 */
export interface WrittenProviderSettings {
  /**
   * Jobs in flight at once. Default: what the provider advises.
   */
  concurrency?: number;
  /**
   * New jobs a minute. Default: what the provider advises.
   */
  submitsPerMinute?: number;
  /**
   * Prices by model, where the provider publishes none or yours differ.
   */
  prices?: {
    [k: string]: WrittenPrice;
  };
}
/**
 * The price of a request: the sum of the parts given, in US dollars.
 */
export interface WrittenPrice {
  perSecond?: Amount;
  perRequest?: Amount1;
}
/**
 * How ViddyScribe is treated.
 */
export interface WrittenProviderSettings1 {
  /**
   * Jobs in flight at once. Default: what the provider advises.
   */
  concurrency?: number;
  /**
   * New jobs a minute. Default: what the provider advises.
   */
  submitsPerMinute?: number;
  /**
   * Prices by model, where the provider publishes none or yours differ.
   */
  prices?: {
    [k: string]: WrittenPrice;
  };
}
/**
 * How NanoGPT is treated.
 */
export interface WrittenProviderSettings2 {
  /**
   * Jobs in flight at once. Default: what the provider advises.
   */
  concurrency?: number;
  /**
   * New jobs a minute. Default: what the provider advises.
   */
  submitsPerMinute?: number;
  /**
   * Prices by model, where the provider publishes none or yours differ.
   */
  prices?: {
    [k: string]: WrittenPrice;
  };
}
/**
 * How PhotoGPT is treated.
 */
export interface WrittenProviderSettings3 {
  /**
   * Jobs in flight at once. Default: what the provider advises.
   */
  concurrency?: number;
  /**
   * New jobs a minute. Default: what the provider advises.
   */
  submitsPerMinute?: number;
  /**
   * Prices by model, where the provider publishes none or yours differ.
   */
  prices?: {
    [k: string]: WrittenPrice;
  };
}
/**
 * How OpenRouter is treated.
 */
export interface WrittenProviderSettings4 {
  /**
   * Jobs in flight at once. Default: what the provider advises.
   */
  concurrency?: number;
  /**
   * New jobs a minute. Default: what the provider advises.
   */
  submitsPerMinute?: number;
  /**
   * Prices by model, where the provider publishes none or yours differ.
   */
  prices?: {
    [k: string]: WrittenPrice;
  };
}
/**
 * A folder beside this file.
 */
export interface WrittenDirectoryStore {
  /**
   * The kind of store.
   */
  to: "directory";
  /**
   * The folder, relative to this file. Default: out.
   */
  path?: string;
  /**
   * true: the files are committed with the locks. Default: false, and the folder keeps itself out of Git.
   */
  commit?: boolean;
}
/**
 * Assets of GitHub releases, one release a month.
 */
export interface WrittenReleaseStore {
  /**
   * The kind of store.
   */
  to: "github-release";
  /**
   * owner/name. Default: the repository that is worked on.
   */
  repository?: string;
  /**
   * What the tags of the releases begin with; the month follows. Default: reelform.
   */
  tag?: string;
}
/**
 * A bucket with the S3 interface. Its keys come from the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
 */
export interface WrittenS3Store {
  /**
   * The kind of store.
   */
  to: "s3";
  /**
   * The name of the bucket.
   */
  bucket: string;
  /**
   * What the names of the objects begin with. Default: nothing.
   */
  prefix?: string;
  /**
   * The region of the bucket. Default: AWS_REGION.
   */
  region?: string;
  /**
   * The address of a service other than Amazon's.
   */
  endpoint?: string;
  /**
   * Where the objects can be fetched without a key; their names follow it.
   */
  publicUrl?: string;
}
