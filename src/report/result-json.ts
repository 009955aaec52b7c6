import type { Checked } from "../model/problem.ts";
import type { Validate } from "../model/schema.ts";
import type { WrittenResult } from "../schema/result.types.ts";
import { readDocument, valid } from "./read-document.ts";
import type { ResultDocument } from "./result-document.ts";

export const resultJson = (result: ResultDocument): string => `${JSON.stringify(result, null, 2)}\n`;

/** The compiled plan.schema.json and result.schema.json: a result holds its plan. */
export interface ResultSchemas {
  readonly plan: Validate;
  readonly result: Validate;
}

/** Reads a result file back, and the plan within it. */
export function readResult(file: string, text: string, schemas: ResultSchemas): Checked<ResultDocument> {
  // The schemas are the ones that the types were generated from.
  const read = readDocument(file, text, schemas.result) as Checked<WrittenResult>;
  if (!read.ok) return read;
  const plan = valid(file, read.value.plan, schemas.plan, read.value.formatVersion !== "1.0");
  if (!plan.ok) return plan;
  return { ...read, value: read.value as WrittenResult & Pick<ResultDocument, "plan"> };
}
