import type { Model } from "../../model/catalogue.ts";
import type { Facts } from "../../model/provider.ts";
import type { Input, Request } from "../../model/unit.ts";
import { fieldsOf } from "../fields.ts";
import { addresses, isList, number, text } from "./fields.ts";
import { resolutionOf, type Size, sizeOf } from "./pixels.ts";
import type { Mode } from "./sku.ts";

/** What a request asks for, as far as its price goes by it. */
export interface Asked {
  readonly model: string;
  readonly duration: number | undefined;
  readonly resolution: string | undefined;
  readonly ratio: string | undefined;
  readonly size: Size | undefined;
  readonly audio: boolean | undefined;
  readonly creativity: number | undefined;
  readonly mode: Mode;
  /** Pictures of whatever kind, and those that the video only goes by. */
  readonly images: number;
  readonly references: number;
  readonly films: readonly Input[];
}

const lengthOf = (list: Input | undefined): number => (isList(list) ? list.length : 0);

/** Where there are frames, OpenRouter leaves the references out. */
export function askedIn(request: Request): Asked {
  const fields = fieldsOf(request);
  const frames = lengthOf(fields.frame_images);
  const referred = frames > 0 ? undefined : fields.input_references;
  const references = addresses(referred, "image_url").length;
  const size = sizeOf(text(fields.size));
  const made: Mode = frames > 0 ? "image" : lengthOf(referred) > 0 ? "reference" : "text";
  return {
    model: text(fields.model) ?? "",
    duration: number(fields.duration),
    resolution: text(fields.resolution) ?? (size === undefined ? undefined : resolutionOf(size)),
    ratio: text(fields.aspect_ratio),
    size,
    audio: typeof fields.generate_audio === "boolean" ? fields.generate_audio : undefined,
    creativity: number(fields.creativity),
    mode: fields.previous_job_id === undefined ? made : "continuation",
    images: frames + references,
    references,
    films: addresses(referred, "video_url"),
  };
}

/** The films to go by, in seconds together, where that is known of each. */
export function filmSeconds({ films }: Asked, facts: Facts): number | undefined {
  const each = films.map((film) => facts.seconds(film));
  return each.reduce<number | undefined>(
    (sum, seconds) => (sum === undefined || seconds === undefined ? undefined : sum + seconds),
    0,
  );
}

/** A day. More seconds than that are a slip, and would make no price. */
const longest = 86_400;

/** The lengths that the video may have: the one asked for, that of the film to be worked on, or any of the model's. */
export function lengthsOf(asked: Asked, model: Model | undefined, facts: Facts): readonly number[] {
  if (asked.duration !== undefined) return asked.duration > 0 && asked.duration <= longest ? [asked.duration] : [];
  if (model?.durations !== undefined) return model.durations;
  const [film, ...more] = asked.films;
  const seconds = film === undefined || more.length > 0 ? undefined : facts.seconds(film);
  return seconds === undefined ? [] : [seconds];
}

/** How long a video the request asks for. A model that lists no lengths makes a film as long as the one it works on. */
export function seconds(request: Request, facts: Facts): number | undefined {
  const asked = askedIn(request);
  const lengths = lengthsOf(asked, facts.catalogue.models.get(asked.model), facts);
  return lengths.length === 1 ? lengths[0] : undefined;
}
