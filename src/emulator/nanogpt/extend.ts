import type { JsonObject } from "../../model/json.ts";
import { isDone, type Job } from "../jobs.ts";
import { refuse } from "./answers.ts";

/** The request that goes on with one of the four videos of a finished Midjourney run, or why there is none. */
export function extension(
  body: JsonObject,
  find: (run: string) => Job | undefined,
  now: number,
): JsonObject | Response {
  const run = body.runId ?? body.taskId;
  const { index } = body;
  if (typeof run !== "string" || run === "") return refuse(400, "runId is required");
  if (typeof index !== "number" || ![0, 1, 2, 3].includes(index)) return refuse(400, "Invalid index");
  const job = find(run);
  if (job === undefined || !isDone(job, now)) return refuse(404, "Video generation request not found");
  if (job.request.model !== "midjourney-video") return refuse(400, "Only Midjourney videos can be extended");
  return { ...job.request, extends: run, index };
}
