/* Generated from schemas/video.schema.json by scripts/build-schema.ts. */

import type { JsonObject } from "../model/json.ts";

/**
 * One video, or one family of videos, as an author writes it: a YAML file below the videos folder.
 */
export type WrittenVideo = {
  /**
   * The name of the video everywhere: in plans, locks and selectors. Default: the path below the videos folder without its extension.
   */
  id?: string;
  /**
   * The title people see. Changed in place where the provider can; never a reason to pay. May hold ${{ matrix.x }} and ${{ vars.x }}.
   */
  title?: string;
  /**
   * Who may see the video at the provider. Changed in place where the provider can. Absent means: whatever the provider does.
   */
  visibility?: "private" | "public";
  /**
   * Names and values to select by (label:team=hr). They never cost anything.
   */
  labels?: {
    /**
     * The value of the label.
     */
    [k: string]: string;
  };
  /**
   * true: what was generated is never replaced or removed by a plan.
   */
  protect?: boolean;
  /**
   * One video for each combination of values, as in GitHub Actions: the product of all lists, without what exclude names, with what include adds.
   */
  matrix?: {
    /**
     * Combinations to add, or values to add to the combinations they agree with.
     *
     * @minItems 1
     */
    include?: Combination[];
    /**
     * Combinations to leave out. A part of a combination leaves out everything that agrees with it.
     *
     * @minItems 1
     */
    exclude?: Combination[];
    /**
     * The values that ${{ matrix.<name> }} takes, one after the other.
     *
     * @minItems 1
     */
    [k: string]: Scalar[] | Combination[] | undefined;
  };
  provider?: Provider;
  with?: WrittenWith;
  /**
   * Several requests that build on each other, in place of provider and with. The keys name the steps.
   */
  steps?: {
    [k: string]: WrittenStep;
  };
  /**
   * What this video may cost.
   */
  budget?: {
    max?: Amount;
  };
};
/**
 * A text, a number, or true or false.
 */
export type Scalar = string | number | boolean;
/**
 * The video API that is asked.
 */
export type Provider = "golpo" | "viddyscribe" | "nanogpt" | "photogpt" | "openrouter";
/**
 * The request in the provider's own field names, checked by its schema after placeholders, defaults and text files are filled in. extra holds what that schema does not know.
 */
export type WrittenWith = JsonObject;
export type Amount = number | string;

/**
 * Values by the names of the matrix.
 */
export interface Combination {
  [k: string]: Scalar;
}
/**
 * One request to one provider.
 */
export interface WrittenStep {
  provider: Provider;
  with: WrittenWith;
}
