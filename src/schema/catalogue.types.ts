/* Generated from schemas/catalogue.schema.json by scripts/build-schema.ts. */

/**
 * Items: A value that it takes.
 */
export type Words = string[];

/**
 * What a provider offered on a day: catalogue/<provider>.json, written by reelform providers --refresh. What is left out is not known, and refuses nothing.
 */
export interface WrittenCatalogue {
  /**
   * The day of the list.
   */
  asOf: string;
  /**
   * The models, sorted by id.
   *
   * @maxItems 2000
   */
  models: WrittenModel[];
}
/**
 * A model.
 */
export interface WrittenModel {
  /**
   * What a spec calls it.
   */
  id: string;
  /**
   * What people call it.
   */
  name?: string;
  /**
   * The lengths that it makes, in seconds.
   *
   * Items: Seconds.
   */
  durations?: number[];
  resolutions?: Words;
  aspectRatios?: Words;
  sizes?: Words;
  frames?: Words;
  /**
   * Whether it can make sound.
   */
  audio?: boolean;
  /**
   * Whether it takes a seed.
   */
  seed?: boolean;
  passthrough?: Words;
  /**
   * The factors by which it can enlarge.
   */
  upscale?: {
    /**
     * The least.
     */
    min?: number;
    /**
     * The most.
     */
    max?: number;
  };
  /**
   * The degrees of freedom it can be given.
   *
   * Items: A degree.
   */
  creativity?: number[];
  /**
   * The provider's own price keys, with their values as it words them.
   */
  prices?: {
    /**
     * A decimal.
     */
    [k: string]: string;
  };
}
