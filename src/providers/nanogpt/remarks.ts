import type { Model } from "../../model/catalogue.ts";
import { nearest } from "../../model/nearest.ts";
import type { Facts, Remark } from "../../model/provider.ts";
import type { Request } from "../../model/unit.ts";
import { fieldsOf, placeOf } from "../fields.ts";
import { inOrder, listed } from "../listed.ts";
import { modelOf, secondsIn } from "./fields.ts";

/** How to get the list of today. */
const refresh = "`reelform providers nanogpt --refresh` brings the list up to date";

/** What the list of models says of a request. What it does not say refuses nothing. */
export function remarks(request: Request, { catalogue }: Facts): readonly Remark[] {
  if (catalogue.models.size === 0) return [];
  const id = modelOf(request);
  const model = catalogue.models.get(id);
  if (model === undefined) return [unknownModel(request, catalogue.models.keys(), catalogue.asOf)];
  return [
    ...length(model, request),
    ...choice(model, request, "resolution", model.resolutions),
    ...choice(model, request, "aspect_ratio", model.aspectRatios),
    ...sound(model, request),
    ...pictures(model, request),
    ...dropped(model, request),
  ];
}

function unknownModel(request: Request, known: Iterable<string>, asOf: string): Remark {
  const id = modelOf(request);
  const near = nearest(id, known);
  return {
    severity: "warning",
    code: "nanogpt-unknown-model",
    path: placeOf(request, "model"),
    message: `NanoGPT's list of ${asOf} has no model ${JSON.stringify(id)}`,
    hint: near === undefined ? refresh : `did you mean "${near}"? ${refresh}`,
  };
}

const refused = (code: string, path: Remark["path"], message: string): Remark => ({
  severity: "error",
  code,
  path,
  message,
  hint: refresh,
});

function length({ id, durations }: Model, request: Request): readonly Remark[] {
  const fields = fieldsOf(request);
  return ["duration", "seconds"].flatMap((field) => {
    const asked = secondsIn(fields[field]);
    if (durations === undefined || asked === undefined || durations.includes(asked)) return [];
    const message = `${id} makes ${inOrder(durations)} seconds, not ${asked}`;
    return [refused("nanogpt-duration", placeOf(request, field), message)];
  });
}

function choice(
  { id }: Model,
  request: Request,
  field: "resolution" | "aspect_ratio",
  known: readonly string[] | undefined,
): readonly Remark[] {
  const asked = fieldsOf(request)[field];
  if (known === undefined || typeof asked !== "string") return [];
  if (known.some((one) => one.toLowerCase() === asked.toLowerCase())) return [];
  const code = `nanogpt-${field.replace("_", "-")}`;
  return [refused(code, placeOf(request, field), `${id} makes ${listed(known)}, not ${asked}`)];
}

const unused = (request: Request, field: string, message: string): Remark => ({
  severity: "warning",
  code: "nanogpt-no-effect",
  path: placeOf(request, field),
  message,
});

function sound({ id, audio }: Model, request: Request): readonly Remark[] {
  const fields = fieldsOf(request);
  const asked = audio === false ? ["generateAudio", "generate_audio"].filter((field) => fields[field] === true) : [];
  return asked.map((field) => unused(request, field, `${id} makes no sound`));
}

function pictures({ id, frames }: Model, request: Request): readonly Remark[] {
  if (frames === undefined) return [];
  const fields = fieldsOf(request);
  const wants = (frame: string, names: readonly string[], words: string): readonly Remark[] =>
    frames.includes(frame)
      ? []
      : names.flatMap((name) =>
          fields[name] === undefined ? [] : [unused(request, name, `${id} is not known to ${words} an image`)],
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

function dropped({ id, passthrough }: Model, request: Request): readonly Remark[] {
  if (passthrough === undefined) return [];
  return Object.keys(fieldsOf(request)).flatMap((field) => {
    const names = [field, ...(otherNames.get(field) ?? [])];
    if (always.has(field) || names.some((name) => passthrough.includes(name))) return [];
    return [unused(request, field, `${id} is not known to have ${field}: NanoGPT ignores it, or refuses it`)];
  });
}
