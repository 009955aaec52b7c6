import type { Unit } from "../model/unit.ts";

/** What can be selected: units, and what is told of them. */
export type Selectable = Pick<Unit, "id" | "specId" | "spec" | "provider" | "labels">;

/** What a selector may ask about a unit beyond what the unit says itself. */
export interface Facts {
  readonly state: (unit: Selectable) => string;
  readonly changed: (unit: Selectable, ref: string) => boolean;
}

/** `onboarding/intro`, `onboarding/intro@es`, `…#describe`, `videos/hr/**`, `label:team=hr`, `provider:golpo`, `state:failed`, `changed:<ref>`. */
export function select<T extends Selectable>(
  units: readonly T[],
  selectors: readonly string[],
  facts: Facts,
): readonly T[] {
  if (selectors.length === 0) return units;
  return units.filter((unit) => selectors.some((selector) => matches(unit, selector, facts)));
}

/** The units, and every earlier step that they take something from: a result cannot be had without them. */
export function withNeeds(units: readonly Unit[], all: readonly Unit[]): readonly Unit[] {
  const wanted = new Set(units.map(({ id }) => id));
  // Steps come after what they need, so that one pass from the end finds all.
  for (const { id, needs } of all.toReversed()) if (wanted.has(id)) for (const need of needs) wanted.add(need);
  return all.filter(({ id }) => wanted.has(id));
}

export function exclude(units: readonly Unit[], selectors: readonly string[], facts: Facts): readonly Unit[] {
  return units.filter((unit) => !selectors.some((selector) => matches(unit, selector, facts)));
}

function matches(unit: Selectable, selector: string, facts: Facts): boolean {
  const [, word, rest = ""] = /^(label|provider|state|changed):(.*)$/.exec(selector) ?? [];
  switch (word) {
    case "label": {
      const [name = "", value] = rest.split("=", 2);
      return value === undefined ? unit.labels[name] !== undefined : unit.labels[name] === value;
    }
    case "provider":
      return unit.provider === rest;
    case "state":
      return facts.state(unit) === rest;
    case "changed":
      return facts.changed(unit, rest);
    default:
      return named(unit, selector);
  }
}

/** A spec's name covers its cells and steps, a cell's its steps; a path or a glob covers files. */
function named({ id, spec, specId }: Selectable, selector: string): boolean {
  const path = selector.replace(/^\.\//, "");
  if (id === path || specId === path || spec === path) return true;
  if (id.startsWith(`${path}#`) || spec.startsWith(`${path.replace(/\/$/, "")}/`)) return true;
  if (!/[*?]/.test(path)) return false;
  const pattern = glob(path);
  return pattern.test(id) || pattern.test(spec);
}

/** `**` crosses folders, `*` and `?` do not; everything else stands for itself. */
function glob(pattern: string): RegExp {
  const wild: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
  const source = pattern.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (sign) => wild[sign] ?? `\\${sign}`);
  return new RegExp(`^${source}$`);
}
