import type { Model } from "../../model/catalogue.ts";
import { nearest } from "../../model/nearest.ts";
import type { Facts, Remark } from "../../model/provider.ts";
import type { Input, Request } from "../../model/unit.ts";
import { fieldsOf, modelOf, secondsIn } from "./fields.ts";

type Fields = { readonly [field: string]: Input };

/** How to get the list of today. */
const refresh = "`reelform providers nanogpt --refresh` brings the list up to date";

/** What the list of models says of a request. What it does not say refuses nothing. */
export function remarks(request: Request, { catalogue }: Facts): readonly Remark[] {
  if (catalogue.models.size === 0) return [];
  const id = modelOf(request);
  const model = catalogue.models.get(id);
  if (model === undefined) return [unknownModel(id, catalogue.models.keys(), catalogue.asOf)];
  const fields = fieldsOf(request.with);
  return [
    ...length(model, fields),
    ...choice(model, fields, "resolution", model.resolutions),
    ...choice(model, fields, "aspect_ratio", model.aspectRatios),
    ...sound(model, fields),
    ...pictures(model, fields),
    ...dropped(model, fields),
  ];
}

function unknownModel(id: string, known: Iterable<string>, asOf: string): Remark {
  const near = nearest(id, known);
  return {
    severity: "warning",
    code: "nanogpt-unknown-model",
    path: ["model"],
    message: `NanoGPT's list of ${asOf} has no model ${JSON.stringify(id)}`,
    hint: near === undefined ? refresh : `did you mean "${near}"? ${refresh}`,
  };
}

const refused = (code: string, field: string, message: string): Remark => ({
  severity: "error",
  code,
  path: [field],
  message,
  hint: refresh,
});

function length({ id, durations }: Model, fields: Fields): readonly Remark[] {
  return ["duration", "seconds"].flatMap((field) => {
    const asked = secondsIn(fields[field]);
    if (durations === undefined || asked === undefined || durations.includes(asked)) return [];
    return [refused("nanogpt-duration", field, `${id} makes ${listOf(durations.map(String))} seconds, not ${asked}`)];
  });
}

function choice(
  { id }: Model,
  fields: Fields,
  field: "resolution" | "aspect_ratio",
  known: readonly string[] | undefined,
): readonly Remark[] {
  const asked = fields[field];
  if (known === undefined || typeof asked !== "string") return [];
  if (known.some((one) => one.toLowerCase() === asked.toLowerCase())) return [];
  return [refused(`nanogpt-${field.replace("_", "-")}`, field, `${id} makes ${listOf(known)}, not ${asked}`)];
}

/** Ten at most: a model that makes every length from 5 to 30 seconds needs no list of them. */
function listOf(values: readonly string[]): string {
  if (values.length > 10) return `${values.slice(0, 9).join(", ")} … ${values.at(-1)}`;
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

const unused = (field: string, message: string): Remark => ({
  severity: "warning",
  code: "nanogpt-no-effect",
  path: [field],
  message,
});

const sound = ({ id, audio }: Model, fields: Fields): readonly Remark[] =>
  audio === false
    ? ["generateAudio", "generate_audio"].flatMap((field) =>
        fields[field] === true ? [unused(field, `${id} makes no sound`)] : [],
      )
    : [];

function pictures({ id, frames }: Model, fields: Fields): readonly Remark[] {
  if (frames === undefined) return [];
  const wants = (frame: string, names: readonly string[], words: string): readonly Remark[] =>
    frames.includes(frame)
      ? []
      : names.flatMap((name) =>
          fields[name] === undefined ? [] : [unused(name, `${id} is not known to ${words} an image`)],
        );
  return [
    ...wants("first_frame", ["imageUrl", "imageDataUrl", "imageAttachmentId"], "begin with"),
    ...wants("last_frame", ["last_image", "image_tail"], "end with"),
  ];
}

/** Fields that are not a setting of a model's, and so are in no list of its settings. */
const always = new Set(
  ["model", "prompt", "mode", "conversationUUID", "showExplicitContent", "duration", "seconds"].concat(
    ["imageUrl", "imageDataUrl", "imageAttachmentId", "referenceImages", "referenceVideos", "last_image", "image_tail"],
    ["videoUrl", "videoDataUrl", "videoAttachmentId", "video", "audioUrl", "audioDataUrl", "audioDuration"],
    ["generateAudio", "generate_audio"],
  ),
);

/** One setting under other names. */
const otherNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["camera_fixed", ["camera_fix", "cameraFixed"]],
  ["pro_mode", ["pro"]],
]);

function dropped({ id, passthrough }: Model, fields: Fields): readonly Remark[] {
  if (passthrough === undefined) return [];
  return Object.keys(fields).flatMap((field) => {
    const names = [field, ...(otherNames.get(field) ?? [])];
    if (always.has(field) || names.some((name) => passthrough.includes(name))) return [];
    return [unused(field, `${id} is not known to have ${field}: NanoGPT ignores it, or refuses it`)];
  });
}
