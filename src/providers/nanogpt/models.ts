import type { Model } from "../../model/catalogue.ts";
import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { at, booleanIn, listIn, required, textIn } from "../reply.ts";
import { secondsIn } from "./fields.ts";
import { videoModels } from "./routes.ts";

/** NanoGPT's own list, which is open to everybody. */
export const models = (wire: Wire): Promise<readonly Model[]> => wire.get(videoModels, readModels);

function readModels(reply: Json): readonly Model[] {
  const list = required(listIn(reply, "", "data", "models", "data.models"), "list of models");
  const read = new Map(list.flatMap(modelIn).map((model) => [model.id, model]));
  return [...read.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What takes a model longer to list than to make would help nobody. */
const mostValues = 200;

function modelIn(item: Json): readonly Model[] {
  const id = textIn(item, "id");
  if (id === undefined || id.length > 200) return [];
  const controls = controlsIn(item);
  const known = controls === undefined ? undefined : new Set(Object.keys(controls));
  const name = textIn(item, "name");
  const durations = numbers(controls, item, ["duration", "seconds"], "durations");
  const audio = soundIn(item, known);
  const frames = framesIn(item, known);
  return [
    {
      id,
      ...(name === undefined ? {} : { name }),
      ...(durations.length === 0 ? {} : { durations }),
      ...words("resolutions", texts(controls, item, "resolution", "resolutions")),
      ...words("aspectRatios", texts(controls, item, "aspect_ratio", "aspect_ratios")),
      ...words(
        "sizes",
        texts(controls, item, "size", "sizes").filter((size) => /^\d+x\d+$/.test(size)),
      ),
      ...(frames === undefined ? {} : { frames }),
      ...(audio === undefined ? {} : { audio }),
      ...(known === undefined ? {} : { seed: known.has("seed"), passthrough: [...known].sort() }),
      ...pricesIn(item),
    },
  ];
}

/** What can be set of a model. It has been seen with and without an envelope; a list of names says no values. */
function controlsIn(item: Json): JsonObject | undefined {
  const found = [at(item, "supported_parameters.parameters"), at(item, "supported_parameters")].find(
    (one) => isObject(one) && Object.keys(one).length > 0,
  );
  return isObject(found) && Object.values(found).some(isObject) ? found : undefined;
}

const words = (name: string, list: readonly string[]) => (list.length === 0 ? {} : { [name]: list });

/** The values of a choice, as they are written or under `value`. */
function choices(controls: JsonObject | undefined, item: Json, name: string, flat: string): readonly Json[] {
  const options = controls === undefined ? undefined : listIn(controls, `${name}.options`, `${name}.enum`);
  const list = options ?? listIn(item, `supported_parameters.${flat}`, flat) ?? [];
  return list.map((option) => (isObject(option) ? (option.value ?? null) : option)).slice(0, mostValues);
}

const texts = (controls: JsonObject | undefined, item: Json, name: string, flat: string): readonly string[] => [
  ...new Set(
    choices(controls, item, name, flat).flatMap((value) =>
      typeof value === "string" && value !== "" && value.length <= 100 ? [value] : [],
    ),
  ),
];

function numbers(
  controls: JsonObject | undefined,
  item: Json,
  names: readonly string[],
  flat: string,
): readonly number[] {
  const listed = names.flatMap((name) => choices(controls, item, name, flat)).map(secondsIn);
  const found = listed.filter((value) => value !== undefined);
  const steps = found.length > 0 ? found : names.flatMap((name) => range(controls?.[name]));
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** Every value that a slider can be set to. */
function range(control: Json | undefined): readonly number[] {
  if (!isObject(control)) return [];
  const { min, max, step = 1 } = control;
  if (typeof min !== "number" || typeof max !== "number" || typeof step !== "number") return [];
  const count = Math.floor((max - min) / step) + 1;
  if (!(min > 0 && step > 0 && count > 0 && count <= mostValues)) return [];
  return Array.from({ length: count }, (_, index) => Math.round((min + index * step) * 1000) / 1000);
}

function soundIn(item: Json, known: ReadonlySet<string> | undefined): boolean | undefined {
  if (known?.has("generate_audio") === true || known?.has("generateAudio") === true) return true;
  return booleanIn(item, "capabilities.audio_generation");
}

function framesIn(item: Json, known: ReadonlySet<string> | undefined): readonly string[] | undefined {
  const begins = booleanIn(item, "capabilities.image_to_video");
  const ends = known?.has("last_image") === true || known?.has("image_tail") === true;
  if (begins === undefined && !ends) return undefined;
  return [...(begins === true ? ["first_frame"] : []), ...(ends ? ["last_frame"] : [])];
}

const amountShape = /^\d+(?:\.\d+)?$/;

/** Prices as a list of keys: `{ per_video: { "480p": 0.72 } }` is "per_video.480p". Other coins than dollars are left out. */
function pricesIn(item: Json): { readonly prices?: { readonly [sku: string]: string } } {
  const pricing = at(item, "pricing");
  if (!isObject(pricing) || (textIn(pricing, "currency") ?? "USD").toUpperCase() !== "USD") return {};
  const flat = (value: Json, name: string): readonly (readonly [string, string])[] => {
    if (isObject(value))
      return Object.entries(value).flatMap(([key, part]) => flat(part, name === "" ? key : `${name}.${key}`));
    const amount = typeof value === "number" ? String(value) : value;
    return typeof amount === "string" && amountShape.test(amount) ? [[name, amount]] : [];
  };
  const found = Object.entries(pricing).flatMap(([key, value]) => (key === "currency" ? [] : flat(value, key)));
  return found.length === 0 ? {} : { prices: Object.fromEntries(found) };
}
