import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { bodyOf } from "../fields.ts";
import { idIn, required, textIn } from "../reply.ts";
import { videos } from "./routes.ts";

const kinds = ["image_url", "audio_url", "video_url"];

/** An item says by its `type` which of its fields counts. Where the author leaves that out, there is only one. */
function typed(item: Json): Json {
  if (!isObject(item) || item.type !== undefined) return item;
  const kind = kinds.find((name) => item[name] !== undefined);
  return kind === undefined ? item : { type: kind, ...item };
}

const typedLists = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    ["frame_images", "input_references"].flatMap((field) => {
      const list = fields[field];
      return Array.isArray(list) ? [[field, list.map(typed)]] : [];
    }),
  );

/** The author's fields as they are, with the escape hatch laid over them: nothing dropped, nothing added but types. */
function body({ with: written }: WireRequest): JsonObject {
  const all = bodyOf(written);
  return { ...all, ...typedLists(all) };
}

/** The address to poll ends with the job's id, should the answer not name it otherwise. */
function jobId(reply: Json): string | undefined {
  const [, id = ""] = /\/videos\/([^/?#]+)$/.exec(textIn(reply, "polling_url", "data.polling_url") ?? "") ?? [];
  return idIn(reply, "id", "data.id") ?? idIn({ id }, "id");
}

export const submit = (request: WireRequest, wire: PaidWire): Promise<Accepted> =>
  wire.post(videos, body(request), (reply) => ({ job: { id: required(jobId(reply), "id") } }));
