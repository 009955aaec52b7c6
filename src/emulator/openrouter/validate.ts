import type { Model } from "../../model/catalogue.ts";
import type { JsonObject } from "../../model/json.ts";
import { objectsIn } from "../json.ts";
import { refuse } from "./answers.ts";
import { ratioBySize, resolutionBySize, sizeIn } from "./asked.ts";

const unroutable = {
  routing_funnel: [{ step: "Initial Endpoints", endpoint_count: 1 }],
  failed_routing_step: "Validate Video Parameters",
};

/** Why this model does not take this request; undefined when it does. Lists that are not published refuse nothing. */
export function refusedBy(model: Model, body: JsonObject): Response | undefined {
  const unsupported = outside(model, body);
  if (unsupported !== undefined) return refuse(400, unsupported, unroutable);
  const wrong = contradiction(body) ?? twice(body) ?? unreachable(body) ?? wordless(model, body);
  return wrong === undefined ? undefined : refuse(400, wrong);
}

interface Choice {
  readonly field: string;
  readonly name: string;
  readonly of: (model: Model) => readonly (string | number)[] | undefined;
  readonly unit: string;
}

const choices: readonly Choice[] = [
  { field: "duration", name: "Duration", of: (model) => model.durations, unit: "s" },
  { field: "resolution", name: "Resolution", of: (model) => model.resolutions, unit: "" },
  { field: "aspect_ratio", name: "Aspect ratio", of: (model) => model.aspectRatios, unit: "" },
  { field: "size", name: "Size", of: (model) => model.sizes, unit: "" },
  { field: "creativity", name: "Creativity level", of: (model) => model.creativity, unit: "" },
];

/** A value outside the lists of the model, named with what is inside. */
function outside(model: Model, body: JsonObject): string | undefined {
  for (const { field, name, of, unit } of choices) {
    const [value, supported] = [body[field], of(model)];
    if (supported === undefined || (typeof value !== "string" && typeof value !== "number")) continue;
    if (!supported.includes(value))
      return `${name} ${value}${unit} is not supported for this model. Supported ${name.toLowerCase()}s: ${supported.join(", ")}${unit}`;
  }
  const frame = objectsIn(body.frame_images).find(
    ({ frame_type: type }) => model.frames?.includes(String(type)) === false,
  );
  if (frame !== undefined)
    return `Frame type ${frame.frame_type} is not supported for this model. Supported frame types: ${model.frames?.join(", ")}`;
  const { upscale } = model;
  const factor = body.upscale_factor;
  if (upscale === undefined || typeof factor !== "number") return undefined;
  const { min = 0, max = Number.POSITIVE_INFINITY } = upscale;
  if (factor >= min && factor <= max) return undefined;
  return `Upscale factor ${factor} is not supported for this model. Supported upscale factors: ${min} to ${max}`;
}

/** A size says fineness and shape, and what else says them must say the same. */
function contradiction(body: JsonObject): string | undefined {
  const size = sizeIn(body);
  if (size === undefined) return undefined;
  const { resolution = resolutionBySize(size), aspect_ratio: ratio = ratioBySize(size) } = body;
  if (resolution !== resolutionBySize(size)) return `Size ${body.size} contradicts resolution ${resolution}`;
  return ratio === ratioBySize(size) ? undefined : `Size ${body.size} contradicts aspect ratio ${ratio}`;
}

function twice(body: JsonObject): string | undefined {
  const types = objectsIn(body.frame_images).map(({ frame_type: type }) => String(type));
  const again = types.find((type, index) => types.indexOf(type) !== index);
  return again === undefined ? undefined : `Only one ${again} image is allowed`;
}

/** Pictures may come inside the request; sounds and films may not. */
function unreachable(body: JsonObject): string | undefined {
  for (const list of ["frame_images", "input_references"])
    for (const [index, item] of objectsIn(body[list]).entries()) {
      const kind = String(item.type);
      const { url } = item[kind] as { readonly url: string };
      const inside = kind === "image_url" && /^data:image\/[\w.+-]+;base64,[A-Za-z0-9+/]+=*$/.test(url);
      if (!inside && !/^https:\/\/\S+$/.test(url))
        return `Invalid reference URL: ${list}[${index}].${kind}.url: Only HTTPS URLs are allowed`;
    }
  return undefined;
}

function wordless({ id }: Model, { prompt, ...body }: JsonObject): string | undefined {
  if (typeof prompt === "string" && prompt.trim() !== "") return undefined;
  const seen = objectsIn(body.input_references).some(({ type }) => type === "image_url" || type === "video_url");
  if (seen || objectsIn(body.frame_images).length > 0) return undefined;
  return `${id.split("/")[0]} video generations require a prompt when no image input is provided`;
}
