import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { objectsIn } from "../json.ts";
import { type Model, models } from "./models.ts";

/** What a request asks for, as far as it is well formed. */
export interface Asked {
  readonly modelID: string;
  readonly model: Model | undefined;
  readonly prompt: string | undefined;
  readonly videos: number;
  readonly options: JsonObject;
  readonly images: readonly JsonObject[];
  readonly referenceVideos: readonly JsonObject[];
  readonly elements: number;
}

export function asked(body: JsonObject): Asked {
  const modelID = String(body.modelID);
  const model = models.get(modelID);
  const options = isObject(body.options) && model !== undefined ? body.options[model.group] : undefined;
  return {
    modelID,
    model,
    prompt: typeof body.prompt === "string" ? body.prompt : undefined,
    videos: typeof body.numVideos === "number" ? body.numVideos : 1,
    options: isObject(options) ? options : {},
    images: objectsIn(body.referenceImages),
    referenceVideos: objectsIn(body.referenceVideos),
    elements: Array.isArray(body.elementIDs) ? body.elementIDs.length : 0,
  };
}

export const withRole = (references: readonly JsonObject[], role: string): number =>
  references.filter((one) => one.role === role).length;

/** What is really carried out: this API drops and forces some things without a word. */
export function carriedOut(request: Asked): Asked {
  const { modelID, model, options, images, elements } = request;
  if (modelID === "seedance-1.5-pro") {
    const resolution: { readonly [name: string]: Json } = options.draftMode === true ? { resolution: "480p" } : {};
    return {
      ...request,
      options: { ...options, ...resolution },
      images: images.filter(({ role }) => role !== "reference_image"),
    };
  }
  if (model?.family !== "kling-video" || images.length + elements === 0) return request;
  const { aspectRatio: _, ...rest } = options;
  return { ...request, options: rest };
}
