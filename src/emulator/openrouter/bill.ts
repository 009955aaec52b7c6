import { decimal, usd } from "../../model/money.ts";
import { type Asked, quotientOf } from "./asked.ts";

/** How a picture of a fineness and shape is really rendered, as far as it has been seen. */
const rendered: { readonly [shape: string]: readonly [number, number] } = {
  "480p 16:9": [854, 480],
  "480p 4:3": [752, 560],
  "480p 1:1": [640, 640],
  "480p 21:9": [992, 432],
  "720p 16:9": [1280, 720],
  "720p 4:3": [1112, 834],
  "720p 1:1": [960, 960],
  "720p 21:9": [1470, 630],
};

const mirrored = (ratio: string): string => ratio.split(":").reverse().join(":");

const sides: { readonly [resolution: string]: number } = { "1K": 1080, "2K": 1440, "4K": 2160 };

function pixels({ resolution, ratio }: Asked): number {
  const known = rendered[`${resolution} ${ratio}`] ?? rendered[`${resolution} ${mirrored(ratio)}`];
  if (known !== undefined) return known[0] * known[1];
  const side = sides[resolution] ?? Number.parseInt(resolution, 10);
  const value = quotientOf(ratio);
  return side * Math.round(side * Math.max(value, 1 / value));
}

/** A price key that says this much of the request, or undefined where it speaks of another. */
type Reading = readonly [key: string, specific: number];

const modeOf = ({ frames, images, films }: Asked): string =>
  frames > 0 ? "image_to_video" : images + films > 0 ? "reference" : "text_to_video";

/** The keys that hold for a request, the most telling first: mode, fineness and sound each make a key more telling. */
function candidates(asked: Asked): readonly Reading[] {
  const fine = [`_${asked.resolution.toLowerCase()}`, ""];
  const sound = [asked.audio ? "_with_audio" : "_without_audio", ""];
  const film = asked.films > 0 ? ["_with_video_input", ""] : [""];
  const modes = [`${modeOf(asked)}_`, ""];
  const weigh = (...parts: readonly (readonly [string, number])[]): number =>
    parts.reduce((sum, [part, worth]) => sum + (part === "" ? 0 : worth), 0);
  const keys = fine.flatMap((resolution): readonly Reading[] => [
    ...(asked.continues
      ? [[`cents_per_second_video_continuation${resolution}`, weigh([resolution, 2]) + 4] as const]
      : []),
    [`cents_per_second_output${resolution}`, weigh([resolution, 2])],
    [`cents_per_video_output_second${resolution}`, weigh([resolution, 2])],
    ...sound.flatMap((audio): readonly Reading[] => [
      ...modes.map(
        (mode): Reading => [
          `${mode}duration_seconds${audio}${resolution}`,
          weigh([mode, 4], [resolution, 2], [audio, 1]),
        ],
      ),
      ...film.map(
        (tag): Reading => [`video_tokens${resolution}${audio}${tag}`, weigh([tag, 8], [resolution, 2], [audio, 1])],
      ),
    ]),
  ]);
  const degree: Reading = [`cents_per_megapixel_second_${asked.creativity === 0 ? "precise" : "creative"}`, 0];
  return [...keys, degree].sort((a, b) => b[1] - a[1]);
}

function amountOf(key: string, asked: Asked): number {
  if (key.startsWith("video_tokens")) return (pixels(asked) * (24 * asked.seconds + 1)) / 1024;
  const seconds = key.startsWith("cents_per_megapixel") ? (pixels(asked) / 1e6) * asked.seconds : asked.seconds;
  return key.startsWith("cents_") ? seconds / 100 : seconds;
}

/** What a request is billed: by the most telling price key, with pictures on top, and at least the floor. Decimal dollars. */
export function bill(asked: Asked): string {
  const { prices = {} } = asked.model;
  const price = (key: string): number => Number(prices[key] ?? 0);
  const [key = ""] = candidates(asked).find(([one]) => prices[one] !== undefined) ?? [];
  const pictures = asked.frames + asked.images;
  const onTop = (pictures * price("cents_per_image_input")) / 100 + asked.images * price("reference_images");
  const cost = amountOf(key, asked) * price(key) + onTop;
  return decimal(usd(Math.max(cost, price("minimum_cents_per_generation") / 100)));
}
