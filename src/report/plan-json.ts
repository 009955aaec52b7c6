import type { Checked } from "../model/problem.ts";
import type { Validate } from "../model/schema.ts";
import type { PlanDocument } from "../schema/plan.types.ts";
import { readDocument } from "./read-document.ts";

export const planJson = (plan: PlanDocument): string => `${JSON.stringify(plan, null, 2)}\n`;

/** Reads a plan file back. `validate` is the compiled plan.schema.json. */
export const readPlan = (file: string, text: string, validate: Validate): Checked<PlanDocument> =>
  // The schema that `validate` was compiled from is the one that the type was generated from.
  readDocument(file, text, validate) as Checked<PlanDocument>;
