import type { Inputs } from "../model/input.ts";
import { usd } from "../model/money.ts";
import type { Checked, Problem } from "../model/problem.ts";
import type { Remark } from "../model/provider.ts";
import type { Digest, Metadata, ProviderName, Request, SpecId, Unit, UnitId } from "../model/unit.ts";
import { digest } from "./digest.ts";
import { type Cell, expand } from "./expand.ts";
import type { Scope } from "./fill.ts";
import { type Interpolated, interpolateText } from "./interpolate.ts";
import type { Spec } from "./parse.ts";
import type { Project } from "./project.ts";
import { requestOf } from "./request.ts";
import { byPlace } from "./schema.ts";
import { settled } from "./settled.ts";
import { type OrderedStep, orderSteps } from "./step-order.ts";
import { stepsOf } from "./steps.ts";
import { specIdOf, unitId } from "./unit-id.ts";
import { unusable } from "./unusable.ts";
import type { ProviderRules } from "./validators.ts";

/** What resolving needs to know beside the specs. */
export interface ResolvePorts {
  readonly inputs: Inputs;
  /** What each provider in use takes. One that is missing here is not available. */
  readonly rules: ReadonlyMap<ProviderName, ProviderRules>;
  /** What the provider itself remarks on a request that its schema finds right. */
  readonly remarks: (provider: ProviderName, request: Request) => readonly Remark[];
  /** Which result of the unit's request is wanted: 1, unless a lock says that there was another. `digestAt`: of its request, for a take. */
  readonly takeOf: (id: UnitId, digestAt: (take: number) => Digest) => number;
}

/** Makes of a spec the units that it asks for, each whole, or says everything that is wrong with it. */
export function resolve(spec: Spec, project: Project, ports: ResolvePorts): Checked<readonly Unit[]> {
  const id = specIdOf(spec, project.videos);
  const { cells, problems: ofMatrix } = expand(spec.written.matrix, spec.document);
  const { steps, problems: ofSteps } = orderSteps(stepsOf(spec, project));
  const closed = steps.flatMap((step) => unusable(step, spec, project, ports.rules));
  const made = cells.map((cell) => unitsOf({ spec, id: id.value, cell, steps }, project, ports));
  const problems = [...id.problems, ...ofMatrix, ...ofSteps, ...closed, ...made.flatMap((one) => one.problems)];
  return settled([...once(problems)].sort(byPlace), () => made.flatMap((one) => one.units));
}

interface SpecCell {
  readonly spec: Spec;
  readonly id: SpecId;
  readonly cell: Cell;
  readonly steps: readonly OrderedStep[];
}

interface Made {
  readonly units: readonly Unit[];
  readonly problems: readonly Problem[];
}

function unitsOf(
  { spec, id, cell, steps }: SpecCell,
  project: Project,
  { inputs, rules, remarks, takeOf }: ResolvePorts,
): Made {
  const vars = new Map(Object.entries(project.vars));
  const mayBePublic = project.store.to === "github-release";
  const scope = { matrix: cell.values, vars, steps: steps.map(({ name }) => name) };
  const top = topOf(spec, { ...scope, steps: [] });
  const problems = [...top.problems];
  const units = new Map<string, Unit>();
  for (const step of steps) {
    const known = rules.get(step.provider);
    if (known === undefined) continue;
    const upstream = (name: string): Unit | undefined => units.get(name);
    const { provider } = step;
    const remarksOn = (request: Request) => remarks(provider, request);
    const surroundings = { scope, top: top.value, rules: known, remarks: remarksOn, inputs, upstream, mayBePublic };
    const { request, telling, fields, metadata, problems: wrong } = requestOf(step.layered, surroundings);
    problems.push(...wrong);
    const own = unitId(id, cell.name, step.name, steps);
    const digestAt = (take: number): Digest => digest({ provider, request: telling, take });
    const take = takeOf(own, digestAt);
    units.set(step.name, {
      ...commonTo(spec),
      id: own,
      specId: id,
      step: step.name,
      provider,
      request,
      digest: digestAt(take),
      take,
      fields,
      metadata,
      needs: step.needs.map((name) => unitId(id, cell.name, name, steps)),
      at: step.pointer.length === 0 ? spec.document.at(["provider"], "key") : spec.document.at(step.pointer, "key"),
    });
  }
  return { units: [...units.values()], problems };
}

/** What all units of a spec have in common. */
function commonTo({ document, written }: Spec): Pick<Unit, "spec" | "labels" | "protect" | "max"> {
  const { labels = {}, protect = false, budget } = written;
  return { spec: document.file, labels, protect, max: budget?.max === undefined ? undefined : usd(budget.max) };
}

/** What a spec says at its top of the things that can be changed in place. */
function topOf({ document, written }: Spec, scope: Scope): Interpolated<Metadata> {
  const { visibility } = written;
  const seen = visibility === undefined ? {} : { visibility };
  if (written.title === undefined) return { value: seen, problems: [] };
  const { value, problems } = interpolateText(written.title, ["title"], document, scope);
  return { value: { ...seen, title: String(value) }, problems };
}

/** Every cell of a matrix complains of the same slip; once is enough. */
function once(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify([one.at, one.code, one.message]), one])).values()];
}
