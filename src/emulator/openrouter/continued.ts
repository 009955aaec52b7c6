import type { Model } from "../../model/catalogue.ts";
import type { JsonObject } from "../../model/json.ts";
import { isDone, type Jobs } from "../jobs.ts";
import { refuse } from "./answers.ts";
import { canonicalSlug } from "./models.ts";

/** A model whose price keys know of it can go on from an earlier job. */
const goesOn = ({ prices = {} }: Model): boolean => Object.keys(prices).some((key) => key.includes("continuation"));

/** Why a video cannot go on from the job that its request names; undefined when it can, or names none. */
export function continued(model: Model, { previous_job_id: id }: JsonObject, jobs: Jobs): Response | undefined {
  if (id === undefined) return undefined;
  if (!goesOn(model)) return refuse(400, `${canonicalSlug(model.id)} does not support previous_job_id`);
  const job = jobs.find("job", String(id));
  if (job === undefined) return refuse(404, `Job ${id} not found`);
  if (job.request.model !== model.id) return refuse(400, "previous_job_id belongs to another model");
  if (!isDone(job, Date.now())) return refuse(400, "previous_job_id is not completed");
  return undefined;
}
