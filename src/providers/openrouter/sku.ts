import type { Model } from "../../model/catalogue.ts";

/** From what a video is made. OpenRouter prices these apart. */
export type Mode = "text" | "image" | "reference" | "continuation";

/** One of OpenRouter's price keys, read. What a key does not say, it holds for whatever the request says. */
export interface Sku {
  readonly per: "second" | "token" | "megapixelSecond";
  readonly dollars: number;
  readonly mode: Mode | undefined;
  /** In lower case: `4k`. */
  readonly resolution: string | undefined;
  readonly audio: boolean | undefined;
  readonly creativity: number | undefined;
  /** For requests with a film to go by. */
  readonly film: boolean;
}

export interface Prices {
  readonly skus: readonly Sku[];
  /** Dollars for each picture of whatever kind, for each picture to go by, and at least in all. */
  readonly perImage: number;
  readonly perReference: number;
  readonly least: number;
}

const modes: ReadonlyMap<string, Mode> = new Map([
  ["text_to_video", "text"],
  ["image_to_video", "image"],
  ["reference", "reference"],
  ["second_video_continuation", "continuation"],
]);

/** The ways in which OpenRouter writes a price of a piece of video. Prices in cents say so. */
const shapes: readonly (readonly [Sku["per"], RegExp])[] = [
  [
    "second",
    /^(?:(?<mode>text_to_video|image_to_video|reference)_)?duration_seconds(?:_(?<audio>with|without)_audio)?(?:_(?<resolution>\d+[pk]))?$/,
  ],
  [
    "second",
    /^(?<cents>cents)_per_(?:second_output|video_output_second|(?<mode>second_video_continuation))(?:_(?<resolution>\d+[pk]))?$/,
  ],
  ["token", /^video_tokens(?:_(?<resolution>\d+[pk]))?(?:_(?<audio>without)_audio)?(?:_(?<film>with_video_input))?$/],
  ["megapixelSecond", /^(?<cents>cents)_per_megapixel_second_(?<creativity>precise|creative)$/],
];

function skuOf(key: string, amount: number): Sku | undefined {
  for (const [per, shape] of shapes) {
    const found = shape.exec(key.toLowerCase());
    if (found === null) continue;
    const { cents, mode = "", resolution, audio, film, creativity } = found.groups ?? {};
    return {
      per,
      dollars: cents === undefined ? amount : amount / 100,
      mode: modes.get(mode),
      resolution,
      audio: audio === undefined ? undefined : audio === "with",
      creativity: creativity === undefined ? undefined : creativity === "precise" ? 0 : 1,
      film: film !== undefined,
    };
  }
  return undefined;
}

/** A model's price keys, or the first that nobody here can read: it may be a price on top of those that one can. */
export function pricesOf(keys: NonNullable<Model["prices"]>): Prices | { readonly unread: string } {
  let [perImage, perReference, least] = [0, 0, 0];
  const skus: Sku[] = [];
  for (const [key, worded] of Object.entries(keys)) {
    const amount = worded.trim() === "" ? Number.NaN : Number(worded);
    if (!Number.isFinite(amount) || amount < 0) return { unread: key };
    if (key === "cents_per_image_input") perImage = amount / 100;
    else if (key === "reference_images") perReference = amount;
    else if (key === "minimum_cents_per_generation") least = amount / 100;
    else {
      const sku = skuOf(key, amount);
      if (sku === undefined) return { unread: key };
      skus.push(sku);
    }
  }
  return { skus, perImage, perReference, least };
}

/** What of a request decides which price holds. */
export interface Situation {
  readonly mode: Mode;
  readonly resolution: string | undefined;
  readonly audio: boolean;
  readonly creativity: number | undefined;
  readonly film: boolean;
}

const holds = (sku: Sku, asked: Situation): boolean =>
  (sku.mode === undefined || sku.mode === asked.mode) &&
  (sku.resolution === undefined || sku.resolution === asked.resolution?.toLowerCase()) &&
  (sku.audio === undefined || sku.audio === asked.audio) &&
  (sku.creativity === undefined || sku.creativity === asked.creativity) &&
  (!sku.film || asked.film);

/** The more a key says of the request, the rather it is meant; its resolution counts for more than its sound. */
const weight = ({ film, mode, resolution, audio }: Sku): number =>
  (film ? 8 : 0) + (mode === undefined ? 0 : 4) + (resolution === undefined ? 0 : 2) + (audio === undefined ? 0 : 1);

/**
 * The price that holds. Where it says nothing of sound and a dearer one does, either may be meant; and with a film to go by
 * the video may count as going on from it. Then the dearer one bounds it from above.
 */
export function choose(skus: readonly Sku[], asked: Situation): { readonly low: Sku; readonly high: Sku } | undefined {
  const [low, ...others] = skus.filter((sku) => holds(sku, asked)).sort((a, b) => weight(b) - weight(a));
  if (low === undefined) return undefined;
  const withSound = low.audio === undefined ? others.filter(({ audio }) => audio !== undefined) : [];
  const goingOn = skus.filter(
    (sku) => asked.film && sku.mode === "continuation" && holds(sku, { ...asked, mode: sku.mode }),
  );
  const dearer = [...withSound, ...goingOn].filter(({ per, film }) => per === low.per && film === low.film);
  return { low, high: dearer.reduce((most, sku) => (sku.dollars > most.dollars ? sku : most), low) };
}
