import type { Json } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { bodyOf } from "../fields.ts";
import { idIn, required } from "../reply.ts";
import { generation } from "./routes.ts";

/** `jobId` is documented; elsewhere the same API spells its ids otherwise. */
const jobId = (reply: Json): string | undefined =>
  idIn(reply, "result.jobId", "result.jobID", "jobId", "jobID", "result.id");

export const submit = (request: WireRequest, wire: PaidWire): Promise<Accepted> =>
  wire.post(generation, bodyOf(request.with), (reply) => ({ job: { id: required(jobId(reply), "jobId") } }));
