import type { Json, JsonObject } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { bodyOf } from "../fields.ts";
import { idIn, required } from "../reply.ts";
import { generate } from "./routes.ts";

/**
 * The author's fields as they are, with the escape hatch laid over them: nothing dropped, nothing added but the
 * visibility that the spec asks for. A title cannot be given here; `update` sets it once there is a video.
 *
 * Golpo itself turns `style: conversational` into `solo-female` wherever `video_type` is set, which is also its default:
 * that is for the schema to warn of, not for us to mend.
 */
function body({ with: written, metadata }: WireRequest): JsonObject {
  const visibility = metadata.visibility === undefined ? {} : { is_public: metadata.visibility === "public" };
  return bodyOf({ ...written, ...visibility });
}

/** Only `job_id` is documented; clients in the wild also met the other two. A bare `id` is the last resort. */
const jobId = (reply: Json): string | undefined => idIn(reply, "job_id", "jobId", "data.job_id", "data.jobId", "id");

export const videoId = (reply: Json): string | undefined =>
  idIn(reply, "video_id", "videoId", "data.video_id", "result.video_id");

export const submit = (request: WireRequest, wire: PaidWire): Promise<Accepted> =>
  wire.post(generate, body(request), (reply) => {
    const video = videoId(reply);
    return { job: { id: required(jobId(reply), "job_id"), ...(video === undefined ? {} : { video }) } };
  });
