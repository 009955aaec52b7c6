import { readFileSync } from "node:fs";
import type { Model } from "../../model/catalogue.ts";
import type { Json } from "../../model/json.ts";

const file = new URL("../../../catalogue/openrouter.json", import.meta.url);

/** The models that OpenRouter listed on the day of the catalogue, by id. */
export const models: ReadonlyMap<string, Model> = new Map(
  (JSON.parse(readFileSync(file, "utf8")) as { readonly models: readonly Model[] }).models.map((model) => [
    model.id,
    model,
  ]),
);

/** The name of a model with the day of its version. */
export const canonicalSlug = (id: string): string => `${id}-20260901`;

/** A day after the models of the list came; the first is the newest. */
const newest = 1_790_899_200;
const day = 86_400;

/** The list, newest first, with null for what is not published. */
export const listing = (): Json => ({
  data: [...models.values()].map((model, index) => ({
    id: model.id,
    canonical_slug: canonicalSlug(model.id),
    hugging_face_id: null,
    name: model.name ?? model.id,
    created: newest - index * day,
    description: `${model.id}, emulated`,
    supported_resolutions: model.resolutions ?? null,
    supported_aspect_ratios: model.aspectRatios ?? null,
    supported_sizes: model.sizes ?? null,
    supported_durations: model.durations ?? null,
    supported_frame_images: model.frames ?? null,
    upscale_factor:
      model.upscale === undefined ? null : { min: model.upscale.min ?? null, max: model.upscale.max ?? null },
    creativity: model.creativity ?? null,
    generate_audio: model.audio ?? null,
    seed: model.seed ?? null,
    pricing_skus: model.prices ?? null,
    allowed_passthrough_parameters: model.passthrough ?? [],
  })),
});
