import type { Attempt } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import { decimal, type Estimate } from "../model/money.ts";
import { idOf, paid } from "../model/plan.ts";
import type { Result, ResultRow, UnaskedRow } from "../model/result.ts";
import type { Month, PlanDocument, PlannedAction } from "../schema/plan.types.ts";
import type {
  CostSum,
  EntryDocument,
  ResultRowDocument,
  ResultTotals,
  UnaskedDocument,
  WrittenResult,
} from "../schema/result.types.ts";
import { sumOf } from "./decimals.ts";
import { outcomeOf } from "./outcome.ts";
import { planDocument } from "./plan-document.ts";

/** A result file: the schema knows its plan as "a plan", the type knows which. */
export type ResultDocument = Omit<WrittenResult, "plan"> & { readonly plan: PlanDocument };

/** The result as its file has it: all that any view needs, in plain JSON. */
export function resultDocument(result: Result, month?: Month): ResultDocument {
  const rows = result.rows.map(rowDocument);
  return {
    formatVersion: "1.0",
    plan: planDocument(result.plan, month),
    totals: totalsOf(rows),
    rows,
    ...(result.unasked.length === 0 ? {} : { unasked: result.unasked.map(unaskedDocument) }),
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    ...(result.filesArePublic ? { filesArePublic: true } : {}),
    exitCodes: [...result.exitCodes],
  };
}

function rowDocument(row: ResultRow): ResultRowDocument {
  const { action, estimate } = row.planned;
  const outcome = outcomeOf(row);
  const priced = paid(action) || action.kind === "resume";
  const finished = outcome === "generated" || outcome === "failed";
  const actual = priced && finished && row.after !== undefined && "cost" in row.after ? row.after.cost : undefined;
  return {
    unit: idOf(action),
    outcome,
    ...(priced ? ceiling(estimate) : {}),
    ...(actual === undefined ? {} : { actual }),
    ...(row.before === undefined ? {} : { before: entry(row.before) }),
    ...(row.after === undefined ? {} : { after: entry(row.after) }),
    ...(row.turnedAway === undefined ? {} : { turnedAway: row.turnedAway }),
    ...(row.note === undefined ? {} : { note: row.note }),
  };
}

function unaskedDocument({ digest, attempt }: UnaskedRow): UnaskedDocument {
  const { unit, provider } = attempt;
  return {
    ...{ unit, digest, provider, outcome: unaskedOutcome(attempt) },
    ...("job" in attempt && attempt.job !== undefined ? { job: { ...attempt.job } } : {}),
    ...(attempt.state === "failed" ? { class: attempt.class } : {}),
    ...("message" in attempt ? { message: attempt.message } : {}),
    ...("cost" in attempt && attempt.cost !== undefined ? { cost: attempt.cost } : {}),
    ...(attempt.state === "ready" ? { outputs: attempt.outputs.map((output) => ({ ...output })) } : {}),
  };
}

const unaskedOutcome = (attempt: Attempt): UnaskedDocument["outcome"] =>
  attempt.state === "failed" && !attempt.begun ? "not-begun" : ofState[attempt.state];

const ofState = {
  claimed: "unknown",
  unknown: "unknown",
  submitted: "running",
  ready: "generated",
  failed: "failed",
} as const satisfies Record<Attempt["state"], UnaskedDocument["outcome"]>;

const ceiling = (estimate: Estimate): Pick<ResultRowDocument, "estimated"> => {
  if (estimate.kind === "unknown") return {};
  return { estimated: decimal(estimate.kind === "exact" ? estimate.amount : estimate.high) };
};

function entry({ fields: _, ...kept }: LockEntry): EntryDocument {
  return structuredClone(kept) as EntryDocument;
}

function totalsOf(rows: readonly ResultRowDocument[]): ResultTotals {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const finished = rows.filter(({ outcome }) => outcome === "generated" || outcome === "failed");
  return {
    outcomes,
    costs: costsOf(finished),
    uncosted: finished.filter(({ outcome, actual }) => outcome === "generated" && actual === undefined).length,
  };
}

function costsOf(rows: readonly ResultRowDocument[]): CostSum[] {
  const costs = rows.flatMap(({ actual }) => (actual === undefined ? [] : [actual]));
  return (["USD", "XNO"] as const).flatMap((currency) => {
    const own = costs.filter((cost) => cost.currency === currency);
    if (own.length === 0) return [];
    const estimated = own.some(({ source }) => source === "estimated");
    return [{ amount: sumOf(own.map(({ amount }) => amount)), currency, estimated }];
  });
}

/** Each action of the plan with what came of it. */
export function came(
  result: ResultDocument,
): readonly { readonly action: PlannedAction; readonly row: ResultRowDocument }[] {
  const rows = new Map(result.rows.map((row) => [row.unit, row]));
  return result.plan.actions.flatMap((action) => {
    const row = rows.get(action.unit);
    return row === undefined ? [] : [{ action, row }];
  });
}
