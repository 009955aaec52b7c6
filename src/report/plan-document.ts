import { decimal, type Estimate } from "../model/money.ts";
import { type Action, digestOf, idOf, type Plan, type PricedAction } from "../model/plan.ts";
import type { Problem } from "../model/problem.ts";
import type { EstimateDocument, Month, PlanDocument, PlannedAction, PlanWarning } from "../schema/plan.types.ts";
import { becauseOf } from "./because.ts";

/** The plan as its file has it: all that any view needs, in plain JSON. */
export function planDocument(plan: Plan, month?: Month): PlanDocument {
  return {
    formatVersion: "1.0",
    digest: plan.digest,
    ...(plan.head === undefined ? {} : { head: plan.head }),
    emulated: plan.emulated,
    totals: { ...plan.totals, low: decimal(plan.totals.low), high: decimal(plan.totals.high) },
    ...(month === undefined ? {} : { month }),
    actions: plan.actions.map(plannedAction),
    uploads: plan.uploads.map(({ asset, sha256, bytes, mediaType }) => ({ path: asset, sha256, bytes, mediaType })),
    warnings: plan.warnings.map(warning),
  };
}

function plannedAction({ action, estimate }: PricedAction): PlannedAction {
  return {
    kind: action.kind,
    unit: idOf(action),
    ...identity(action),
    digest: digestOf(action),
    because: becauseOf(action),
    estimate: estimateDocument(estimate),
    ...("prior" in action ? { prior: { state: action.prior.state, digest: action.prior.digest } } : {}),
  };
}

type Identity = Pick<PlannedAction, "spec" | "provider" | "take" | "metadata" | "labels"> & Partial<PlannedAction>;

function identity(action: Action): Identity {
  if (action.kind === "forget") {
    const { provider, take, metadata } = action.prior;
    return { spec: action.spec, provider, take, metadata: { ...metadata }, labels: {} };
  }
  const { spec, step, at, provider, take, metadata, labels, request } = action.unit;
  const sends = action.kind === "create" || action.kind === "replace" || action.kind === "resume";
  return {
    spec,
    line: at.line,
    step,
    provider,
    take,
    metadata: { ...metadata },
    labels: { ...labels },
    // An input is JSON all the way: its files and step outputs are plain objects.
    ...(sends ? { request: structuredClone(request) as NonNullable<PlannedAction["request"]> } : {}),
  };
}

function estimateDocument(estimate: Estimate): EstimateDocument {
  switch (estimate.kind) {
    case "exact":
      return { ...estimate, amount: decimal(estimate.amount) };
    case "range":
      return { ...estimate, low: decimal(estimate.low), high: decimal(estimate.high) };
    case "unknown":
      return estimate;
  }
}

const warning = ({ code, message, at, hint }: Problem): PlanWarning => ({
  code,
  message,
  file: at.file,
  line: at.line,
  column: at.column,
  ...(hint === undefined ? {} : { hint }),
});
