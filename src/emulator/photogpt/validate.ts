import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { itemsIn } from "../json.ts";
import { address, complaints, integer, oneOf, text, whole } from "./check.ts";
import { type Asked, asked, withRole } from "./request.ts";

/** Everything that is wrong with a request to a model that exists, field by field and then between fields. */
export function validate(body: JsonObject): readonly string[] {
  const single = [...ofFields(body), ...ofOptions(body), ...ofReferences(body)];
  return single.length > 0 ? single : betweenFields(asked(body));
}

function ofFields({ prompt, numVideos, elementIDs }: JsonObject): readonly string[] {
  const wrong = [
    prompt === undefined ? "prompt is required" : named("prompt", text(prompt)),
    named("numVideos", numVideos === undefined ? undefined : (integer(numVideos) ?? whole(1, 4)(numVideos))),
    elementIDs === undefined || isTexts(elementIDs) ? undefined : "elementIDs must be an array of strings",
  ];
  return wrong.filter((one) => one !== undefined);
}

const named = (name: string, wrong: string | undefined): string | undefined =>
  wrong === undefined ? undefined : `${name} ${wrong}`;

const isTexts = (value: Json): boolean =>
  Array.isArray(value) && itemsIn(value).every((item) => text(item) === undefined);

/** Only the group of the model's family may be there. */
function ofOptions(body: JsonObject): readonly string[] {
  const { model, modelID } = asked(body);
  const { options } = body;
  if (options === undefined || model === undefined) return [];
  if (!isObject(options)) return ["options must be an object"];
  const others = Object.keys(options).filter((group) => group !== model.group);
  const own = options[model.group];
  return [
    ...others.map((group) => `options.${group} is not accepted for ${modelID}: send only options.${model.group}`),
    ...(own === undefined ? [] : complaints(`options.${model.group}`, own, {}, model.options)),
  ];
}

const imageRole = oneOf("first_frame", "last_frame", "reference_image");
const videoRole = oneOf("reference_video");

/** What the API finds out by itself, whether a human is to be seen and how long a video is, it does not want to be told. */
const ofReferences = ({ referenceImages, referenceVideos }: JsonObject): readonly string[] => [
  ...items("referenceImages", referenceImages, imageRole),
  ...items("referenceVideos", referenceVideos, videoRole),
];

function items(name: string, value: Json | undefined, role: typeof imageRole): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [`${name} must be an array`];
  return itemsIn(value).flatMap((item, index) => complaints(`${name}[${index}]`, item, { url: address, role }));
}

function betweenFields(request: Asked): readonly string[] {
  const { model, modelID, options, images, referenceVideos, elements } = request;
  const guides = withRole(images, "reference_image");
  const rules: readonly (readonly [boolean, string])[] = [
    [withRole(images, "first_frame") > 1, "referenceImages may have one first_frame"],
    [withRole(images, "last_frame") > 1, "referenceImages may have one last_frame"],
    [
      model?.family === "veo" && guides > 0 && options.duration !== undefined && options.duration !== 8,
      "options.veo.duration must be 8 when reference_image is used",
    ],
    [model?.referenceVideos === false && referenceVideos.length > 0, `referenceVideos are not accepted for ${modelID}`],
    [modelID === "seedance-2.0" && guides > 9, "at most 9 reference_image inputs"],
    [modelID === "seedance-2.0" && referenceVideos.length > 3, "at most 3 reference_video inputs"],
    [
      model?.group === "kling" && elements + images.length + referenceVideos.length > 4,
      "at most 4 elements, reference images and videos in total",
    ],
  ];
  return rules.flatMap(([broken, words]) => (broken ? [words] : []));
}
