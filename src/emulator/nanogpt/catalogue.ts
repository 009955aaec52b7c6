import type { Json, JsonObject } from "../../model/json.ts";
import { type Family, families } from "./families.ts";

const select = (label: string, values: readonly string[]): JsonObject => ({
  type: "select",
  label,
  default: values[0] ?? null,
  options: values.map((value) => ({ value, label: value })),
});

const seconds = (lengths: readonly number[]): readonly string[] => lengths.map(String);

function controls({ lengths, resolutions, ratios, numbers = {}, settings = [], sound, ends }: Family): JsonObject {
  return {
    ...(lengths === undefined ? {} : { duration: select("Duration", seconds(lengths)) }),
    ...(resolutions === undefined ? {} : { resolution: select("Resolution", resolutions) }),
    ...(ratios === undefined ? {} : { aspect_ratio: select("Aspect Ratio", ratios) }),
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, known]): [string, Json] => [
        name,
        "least" in known
          ? { type: "number", label: name, min: known.least, max: known.most }
          : { type: "select", label: name, options: known.map((value) => ({ value, label: String(value) })) },
      ]),
    ),
    ...(sound === undefined ? {} : { generateAudio: { type: "switch", label: "Generate Audio", default: false } }),
    ...(ends === undefined ? {} : { image_tail: { type: "string", label: "End frame" } }),
    ...Object.fromEntries(settings.map((name) => [name, { type: "string", label: name }])),
    negative_prompt: { type: "string", label: "Negative prompt" },
    seed: { type: "integer", label: "Seed", min: 0 },
  };
}

const priceKeys = ({ perSecond, perVideo }: Family): JsonObject => ({
  currency: "USD",
  ...(perVideo === undefined ? {} : { per_video: perVideo }),
  ...(perSecond === undefined ? {} : { per_second: perSecond }),
});

/** The list of models. Without details it has their names alone. */
export function catalogue(detailed: boolean): JsonObject {
  const data = families.flatMap((family) =>
    family.ids.map((id): JsonObject => {
      const parameters = controls(family);
      const details = {
        name: family.title,
        description: `${family.title}, emulated`,
        architecture: {
          modality: "video",
          input_modalities: family.image === undefined ? ["text"] : ["text", "image"],
          output_modalities: ["video"],
        },
        pricing: priceKeys(family),
        capabilities: {
          video_generation: true,
          text_to_video: family.image !== "needed" && family.video === undefined,
          image_to_video: family.image !== undefined,
          video_to_video: family.video !== undefined,
          audio_generation: family.sound === true,
        },
        supported_parameters: { parameters, defaults: {} },
      };
      return { id, object: "model", ...(detailed ? details : {}) };
    }),
  );
  return { object: "list", data, meta: { count: data.length, generated_at: "2026-09-14T00:00:00.000Z" } };
}
