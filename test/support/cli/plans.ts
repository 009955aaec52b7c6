import { expect } from "vitest";
import { readPlan } from "../../../src/report/plan-json.ts";
import type { ResultDocument } from "../../../src/report/result-document.ts";
import { readResult } from "../../../src/report/result-json.ts";
import type { PlanDocument } from "../../../src/schema/plan.types.ts";
import { validate as validatePlan } from "../../../src/schema/plan.validate.js";
import { validate as validateResult } from "../../../src/schema/result.validate.js";
import type { Stage } from "./stage.ts";

/** What `plan --json` says, read as strictly as the program reads a plan file. */
export async function planned(videos: Stage, flags = "--emulate"): Promise<PlanDocument> {
  const { code, stdout, stderr } = await videos.reelform(`plan --json ${flags}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return planIn(stdout);
}

/** Unit by unit, in a few words: `{ intro: "replace prompt", outro: "keep" }`. */
export function inWords({ actions }: PlanDocument): Readonly<Record<string, string>> {
  return Object.fromEntries(
    actions.map(({ unit, kind, because }) => {
      const fields = because.kind === "changed" ? because.changes.map(({ field }) => ` ${field}`).join("") : "";
      const why = kind === "hold" ? ` ${because.kind}` : "";
      return [unit, `${kind}${fields}${why}`];
    }),
  );
}

/** Unit by unit what a result file says came of it. */
export const outcomes = ({ rows }: ResultDocument): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.map(({ unit, outcome }) => [unit, outcome]));

export function planIn(text: string): PlanDocument {
  const read = readPlan("plan", text, validatePlan);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("; "));
  return read.value;
}

export function resultIn(text: string): ResultDocument {
  const read = readResult("result", text, { plan: validatePlan, result: validateResult });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("; "));
  return read.value;
}
