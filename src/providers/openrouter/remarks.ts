import type { Model } from "../../model/catalogue.ts";
import { nearest } from "../../model/nearest.ts";
import type { Facts, Remark } from "../../model/provider.ts";
import type { Input, Request } from "../../model/unit.ts";
import { fieldsOf, isFields, placeOf } from "../fields.ts";
import { inOrder, listed } from "../listed.ts";
import { isList } from "./fields.ts";

/** What a request says that its model, by the catalogue, does not take. A list that is not published refuses nothing. */
export function remarks(request: Request, { catalogue }: Facts): readonly Remark[] {
  const { model: id } = fieldsOf(request);
  if (typeof id !== "string" || catalogue.models.size === 0) return [];
  const model = catalogue.models.get(id);
  if (model === undefined) return [unheardOf(id, request, catalogue.models.keys(), catalogue.asOf)];
  return [
    ...values(request, model),
    ...frames(request, model),
    ...switches(request, model),
    ...factor(request, model),
    ...options(request, model),
    ...references(request, model),
  ];
}

function unheardOf(id: string, request: Request, known: Iterable<string>, asOf: string): Remark {
  const meant = nearest(id, known);
  return {
    severity: "warning",
    code: "openrouter-unknown-model",
    path: placeOf(request, "model"),
    message: `${id} is not among the models that OpenRouter listed on ${asOf}`,
    hint: meant === undefined ? "reelform providers openrouter lists them" : `did you mean "${meant}"?`,
  };
}

const refused = (code: string, path: Remark["path"], message: string): Remark => ({
  severity: "error",
  code,
  path,
  message,
});

/** The fields of which a model takes some values. */
const choices: readonly {
  readonly field: string;
  readonly code: string;
  readonly of: (model: Model) => readonly (string | number)[] | undefined;
  readonly unit?: string;
}[] = [
  { field: "duration", code: "openrouter-duration", of: (model) => model.durations, unit: " seconds" },
  { field: "resolution", code: "openrouter-resolution", of: (model) => model.resolutions },
  { field: "aspect_ratio", code: "openrouter-aspect-ratio", of: (model) => model.aspectRatios },
  { field: "size", code: "openrouter-size", of: (model) => model.sizes },
  { field: "creativity", code: "openrouter-creativity", of: (model) => model.creativity },
];

function values(request: Request, model: Model): readonly Remark[] {
  const fields = fieldsOf(request);
  return choices.flatMap(({ field, code, of, unit = "" }) => {
    const [value, supported] = [fields[field], of(model)];
    if ((typeof value !== "string" && typeof value !== "number") || supported === undefined) return [];
    if (supported.includes(value)) return [];
    const message = `${model.id} does not take ${field} ${value}; it takes ${inOrder(supported)}${unit}`;
    return [refused(code, placeOf(request, field), message)];
  });
}

const typeOf = (frame: Input): Input | undefined => (isFields(frame) ? frame.frame_type : undefined);

function frames(request: Request, { id, frames: supported }: Model): readonly Remark[] {
  const { frame_images: asked } = fieldsOf(request);
  if (supported === undefined || !isList(asked)) return [];
  return asked.flatMap((frame, index) => {
    const type = typeOf(frame);
    if (typeof type !== "string" || supported.includes(type)) return [];
    const takes = supported.length === 0 ? "no pictures at all" : `${listed(supported)} alone`;
    const path = [...placeOf(request, "frame_images"), index, "frame_type"];
    return [refused("openrouter-frame", path, `${id} does not take a ${type}; it takes ${takes}`)];
  });
}

/** What a model can, or cannot. */
function switches(request: Request, { id, audio, seed }: Model): readonly Remark[] {
  const fields = fieldsOf(request);
  const mute = audio === false && fields.generate_audio === true;
  const seedless = seed === false && fields.seed !== undefined;
  return [
    ...(mute
      ? [refused("openrouter-audio", placeOf(request, "generate_audio"), `${id} makes no sound; it takes false alone`)]
      : []),
    ...(seedless ? [refused("openrouter-seed", placeOf(request, "seed"), `${id} takes no seed`)] : []),
  ];
}

function factor(request: Request, { id, upscale }: Model): readonly Remark[] {
  const { upscale_factor: asked } = fieldsOf(request);
  if (upscale === undefined || typeof asked !== "number") return [];
  const { min = 0, max = Number.POSITIVE_INFINITY } = upscale;
  if (asked >= min && asked <= max) return [];
  const bounds = [
    upscale.min === undefined ? "" : ` from ${upscale.min}`,
    upscale.max === undefined ? "" : ` to ${upscale.max}`,
  ];
  const message = `${id} does not enlarge by ${asked}; it takes factors${bounds.join("")}`;
  return [refused("openrouter-upscale-factor", placeOf(request, "upscale_factor"), message)];
}

/** The names of options, wherever the company wants them: most stand under `parameters`. */
function namesIn(options: Input): readonly (readonly string[])[] {
  if (!isFields(options)) return [];
  return Object.entries(options).flatMap(([name, value]) =>
    name === "parameters" && isFields(value) ? Object.keys(value).map((inner) => [name, inner]) : [[name]],
  );
}

/** OpenRouter drops what it does not hand on without a word. */
function options(request: Request, { id, passthrough }: Model): readonly Remark[] {
  const { provider } = fieldsOf(request);
  const bySlug = isFields(provider) ? provider.options : undefined;
  if (passthrough === undefined || !isFields(bySlug)) return [];
  return Object.entries(bySlug).flatMap(([slug, own]) =>
    namesIn(own)
      .filter((path) => !passthrough.includes(path.at(-1) ?? ""))
      .map((path): Remark => {
        const name = path.at(-1) ?? "";
        const meant = nearest(name, passthrough);
        const takes = passthrough.length === 0 ? "it hands on none" : `it hands on ${listed(passthrough)}`;
        return {
          severity: "warning",
          code: "openrouter-option",
          path: [...placeOf(request, "provider"), "options", slug, ...path],
          message: `OpenRouter does not hand ${name} on for ${id}; ${takes}`,
          ...(meant === undefined ? {} : { hint: `did you mean "${meant}"?` }),
        };
      }),
  );
}

/** The makers whose models go by sounds and films, or work on them. */
const takesFilms = /^bytedance\/seedance-(?:[2-9]|\d\d)|^black-forest-labs\/flux|^runway\/aleph/;

function references(request: Request, { id }: Model): readonly Remark[] {
  const { input_references: asked } = fieldsOf(request);
  if (!isList(asked) || takesFilms.test(id)) return [];
  return asked.flatMap((item, index): readonly Remark[] => {
    const kind = ["audio_url", "video_url"].find((name) => isFields(item) && item[name] !== undefined);
    if (kind === undefined) return [];
    return [
      {
        severity: "warning",
        code: "openrouter-reference-ignored",
        path: [...placeOf(request, "input_references"), index, kind],
        message: `${id} may ignore this: OpenRouter hands sounds and films to Seedance 2 and later, and to models that work on films`,
      },
    ];
  });
}
