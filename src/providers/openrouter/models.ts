import type { Model } from "../../model/catalogue.ts";
import { isObject, type Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { at, booleanIn, listIn, numberIn, required, textIn } from "../reply.ts";
import { videoModels } from "./routes.ts";

const texts = (reply: Json, name: string) => listIn(reply, name)?.filter((item) => typeof item === "string");
const numbers = (reply: Json, name: string) => listIn(reply, name)?.filter((item) => typeof item === "number");

function prices(reply: Json): Model["prices"] {
  const skus = at(reply, "pricing_skus");
  if (!isObject(skus)) return undefined;
  const worded = Object.entries(skus).flatMap(([sku, price]) =>
    typeof price === "string" || typeof price === "number" ? [[sku, String(price)] as const] : [],
  );
  return Object.fromEntries(worded);
}

function upscale(reply: Json): Model["upscale"] {
  if (!isObject(at(reply, "upscale_factor"))) return undefined;
  const min = numberIn(reply, "upscale_factor.min");
  const max = numberIn(reply, "upscale_factor.max");
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Null stands for what OpenRouter does not say, so it is left out: neither nothing nor everything. */
function model(reply: Json): readonly Model[] {
  const id = textIn(reply, "id");
  if (id === undefined) return [];
  const name = textIn(reply, "name");
  const [durations, creativity] = [numbers(reply, "supported_durations"), numbers(reply, "creativity")];
  const [resolutions, aspectRatios] = [texts(reply, "supported_resolutions"), texts(reply, "supported_aspect_ratios")];
  const [sizes, frames] = [texts(reply, "supported_sizes"), texts(reply, "supported_frame_images")];
  const [audio, seed] = [booleanIn(reply, "generate_audio"), booleanIn(reply, "seed")];
  const passthrough = texts(reply, "allowed_passthrough_parameters");
  const [factors, skus] = [upscale(reply), prices(reply)];
  return [
    {
      id,
      ...(name === undefined ? {} : { name }),
      ...(durations === undefined ? {} : { durations }),
      ...(resolutions === undefined ? {} : { resolutions }),
      ...(aspectRatios === undefined ? {} : { aspectRatios }),
      ...(sizes === undefined ? {} : { sizes }),
      ...(frames === undefined ? {} : { frames }),
      ...(audio === undefined ? {} : { audio }),
      ...(seed === undefined ? {} : { seed }),
      ...(passthrough === undefined ? {} : { passthrough }),
      ...(factors === undefined ? {} : { upscale: factors }),
      ...(creativity === undefined ? {} : { creativity }),
      ...(skus === undefined ? {} : { prices: skus }),
    },
  ];
}

/** Every video model there is, in one answer. It needs no key. */
export const models = (wire: Wire): Promise<readonly Model[]> =>
  wire.get(videoModels, (reply) => required(listIn(reply, "data"), "list of models").flatMap(model));
