import type { Json, JsonObject } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { bodyOf } from "../fields.ts";
import { idIn, required, textIn } from "../reply.ts";
import { inputOf } from "./media.ts";
import { generate } from "./routes.ts";

/** The author's fields as they are, with the escape hatch laid over them. Of audio the kind is known: it is not asked. */
function generationConfig({ operation, with: { input, ad_type, ...fields } }: WireRequest): JsonObject {
  return bodyOf({ ...fields, ...(ad_type === undefined || operation === "audio" ? {} : { ad_type }) });
}

const jobId = (reply: Json): string | undefined => idIn(reply, "job_id", "jobId", "data.job_id", "id");

/**
 * Posts to the endpoint of the operation. The job keeps that operation's name beside its ids: results are told apart by
 * it, and no answer repeats it.
 */
export async function submit(request: WireRequest, wire: PaidWire): Promise<Accepted> {
  const { operation } = request;
  const input = inputOf(required(textIn(request.with, "input"), "input"));
  const body = { input, generation_config: generationConfig(request) };
  return wire.post(generate(operation), body, (reply) => {
    const media = idIn(reply, "media_id", "mediaId", "data.media_id");
    return { job: { id: required(jobId(reply), "job_id"), operation, ...(media === undefined ? {} : { media }) } };
  });
}
