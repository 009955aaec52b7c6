import type { Json, JsonObject } from "../../model/json.ts";
import { type Family, familyOf } from "./families.ts";
import { images, lookAtMedia, type Trouble, trouble, videos } from "./media-fields.ts";

/** The first thing that is wrong with a request, in the order in which the API looks: model, files, parameters. */
export function validate(body: JsonObject): Trouble | undefined {
  const { model } = body;
  if (typeof model !== "string" || model === "") return trouble("model is required");
  const family = familyOf(model);
  if (family === undefined) return trouble(`Unknown model: ${model}`);
  return lookAtMedia(body) ?? needs(body, family) ?? parameters(body, family);
}

const has = (body: JsonObject, names: readonly string[]): boolean =>
  names.some((name) => body[name] !== undefined && body[name] !== null && body[name] !== "");

function needs(body: JsonObject, { title, image, video }: Family): Trouble | undefined {
  if (image === "needed" && !has(body, images))
    return trouble(`${title} requires an input image. Please select an image to generate a video.`);
  if (video === "needed" && !has(body, videos))
    return trouble(`${title} requires a source video. Please select a video to extend.`);
  const wordless = typeof body.prompt !== "string" || body.prompt.trim() === "";
  const other = has(body, [...images, "referenceImages", "referenceVideos", "videoUrl", "videoDataUrl", "audioUrl"]);
  return wordless && (!other || body.model === "kling-v21-master") ? trouble("prompt is required") : undefined;
}

/** "5", "5s" and 5 are the same to it. */
export const secondsOf = (value: Json | undefined): number | undefined => {
  const seconds = typeof value === "string" ? Number(value.replace(/s$/i, "")) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
};

const absent = (value: Json | undefined): boolean => value === undefined || value === null;

function parameters(body: JsonObject, family: Family): Trouble | undefined {
  const { lengths, resolutions, ratios, numbers = {} } = family;
  for (const field of ["duration", "seconds"]) {
    const asked = secondsOf(body[field]);
    if (absent(body[field])) continue;
    if (asked === undefined) return trouble(`Invalid ${field}`);
    if (lengths !== undefined && !lengths.includes(asked)) return trouble(`Invalid ${field} for ${family.title}`);
  }
  const words = [
    ["resolution", resolutions],
    // A video of an image has the image's shape, so nobody looks.
    ["aspect_ratio", has(body, images) ? undefined : ratios],
  ] as const;
  for (const [field, known] of words) {
    const value = body[field];
    if (absent(value)) continue;
    if (typeof value !== "string") return trouble(`Invalid ${field}`);
    if (known !== undefined && !known.includes(value)) return trouble(`Invalid ${field} for ${family.title}`);
  }
  const looked: NonNullable<Family["numbers"]> = { cfg_scale: { least: 0, most: 20 }, ...numbers };
  for (const [field, known] of Object.entries(looked)) {
    const value = body[field];
    if (absent(value)) continue;
    const fits =
      typeof value === "number" &&
      ("least" in known ? value >= known.least && value <= known.most : known.includes(value));
    if (!fits) return trouble(`Invalid ${field} for ${family.title}`);
  }
  const wrong = switches.find((field) => !absent(body[field]) && typeof body[field] !== "boolean");
  return wrong === undefined ? undefined : trouble(`Invalid ${wrong}`);
}

const switches = ["pro_mode", "camera_fixed", "showExplicitContent", "generateAudio", "generate_audio"];
