/* Generated from schemas/project.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

export type Folder = string;
export type WrittenDefaults = JsonObject;
export type Amount = number | string;
/**
 * Where finished files are kept for good. Default: the folder out.
 */
export type WrittenStore = WrittenDirectoryStore | WrittenReleaseStore | WrittenS3Store;
export type ProviderName = "golpo" | "viddyscribe" | "nanogpt" | "photogpt" | "openrouter";

/**
 * What holds for all videos of a repository: reelform.yaml. Every part may be left out.
 */
export interface WrittenProject {
  /**
   * The version of this format.
   */
  version: 1;
  videos?: Folder;
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
    [k: string]: WrittenDefaults;
  };
  /**
   * How each provider is treated. Keys and addresses are never here: they come from the environment.
   */
  providers?: {
    [k: string]: WrittenProviderSettings;
  };
  store?: WrittenStore;
  /**
   * What may be spent, in US dollars. What is already paid for is always finished.
   */
  budget?: {
    perRun?: Amount;
    perMonth?: Amount;
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
     */
    providers?: ProviderName[];
    /**
     * The longest video that one request may ask for, in seconds.
     */
    maxSeconds?: number;
  };
}
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
  perRequest?: Amount;
  perCredit?: Amount;
}
/**
 * A folder beside this file.
 */
export interface WrittenDirectoryStore {
  /**
   * The kind of store.
   */
  to: "directory";
  path?: Folder;
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
  prefix?: Folder;
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
