import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { idIn, required } from "../reply.ts";
import { generation } from "./routes.ts";

/** The author's fields as they are, with the escape hatch laid over them: nothing dropped and nothing added. */
const body = ({ with: { extra, ...fields } }: WireRequest): JsonObject =>
  isObject(extra) ? { ...fields, ...extra } : fields;

/** `jobId` is documented; elsewhere the same API spells its ids otherwise. */
const jobId = (reply: Json): string | undefined =>
  idIn(reply, "result.jobId", "result.jobID", "jobId", "jobID", "result.id");

export const submit = (request: WireRequest, wire: PaidWire): Promise<Accepted> =>
  wire.post(generation, body(request), (reply) => ({ job: { id: required(jobId(reply), "jobId") } }));
