import { isObject, type Json } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import { mistake } from "./mistake.ts";
import { stepReference } from "./placeholder.ts";
import type { Pointer } from "./places.ts";
import type { Step } from "./steps.ts";

/** A step, and the names of the steps whose outputs it takes. */
export interface OrderedStep extends Step {
  readonly needs: readonly string[];
}

export interface StepOrder {
  /** Each after all that it needs; otherwise as written. Empty when there is no such order. */
  readonly steps: readonly OrderedStep[];
  readonly problems: readonly Problem[];
}

interface Edge {
  readonly to: string;
  readonly at: Pointer;
}

/** Puts the steps of a spec in an order in which they can be carried out. */
export function orderSteps(steps: readonly Step[]): StepOrder {
  const edges = new Map(steps.map((step) => [step.name, edgesOf(step.layered.fields, [])]));
  const problems = steps.flatMap((step) => circles(step, edges));
  if (problems.length > 0) return { steps: [], problems };

  const placed = new Set<string>();
  const ordered: OrderedStep[] = [];
  const place = (step: Step): void => {
    if (placed.has(step.name)) return;
    placed.add(step.name);
    const needed = new Set(edges.get(step.name)?.map(({ to }) => to));
    const needs = steps.filter(({ name }) => needed.has(name));
    needs.forEach(place);
    ordered.push({ ...step, needs: needs.map(({ name }) => name) });
  };
  steps.forEach(place);
  return { steps: ordered, problems: [] };
}

function edgesOf(value: Json, at: Pointer): readonly Edge[] {
  if (typeof value === "string") {
    const reference = stepReference(value);
    return reference === undefined ? [] : [{ to: reference.step, at }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => edgesOf(item, [...at, index]));
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => edgesOf(item, [...at, key])) : [];
}

/** Every placeholder of a step that leads, through other steps, back to it. */
function circles(step: Step, edges: ReadonlyMap<string, readonly Edge[]>): readonly Problem[] {
  return (edges.get(step.name) ?? []).flatMap(({ to, at }) => {
    const way = wayBetween(to, step.name, edges);
    if (way === undefined) return [];
    const message =
      to === step.name
        ? `the step ${JSON.stringify(to)} cannot take its own output`
        : `the steps wait for each other: ${[step.name, ...way].join(" → ")}`;
    return [mistake(step.layered.places, at, { code: "step-circle", message })];
  });
}

/** The steps from one to another along what each needs, both included; undefined when there is no way. */
function wayBetween(
  from: string,
  to: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1);
    if (last === to) return way;
    for (const { to: next } of edges.get(last ?? "") ?? []) {
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
