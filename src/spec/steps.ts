import type { JsonObject } from "../model/json.ts";
import type { ProviderName } from "../model/unit.ts";
import { type Layered, layer } from "./layers.ts";
import type { Spec } from "./parse.ts";
import type { Pointer } from "./places.ts";
import type { Project } from "./project.ts";

/** One request of a spec, before its placeholders are filled in. */
export interface Step {
  readonly name: string;
  readonly provider: ProviderName;
  /** The part of the spec that holds the step's `provider` and `with`. */
  readonly pointer: Pointer;
  readonly layered: Layered;
}

/** What the only step of a spec is called that has none of its own. Unit ids leave it out. */
export const soleStep = "generate";

/** The steps of a spec in the order they are written, with the project's defaults below them. */
export function stepsOf({ document, written }: Spec, project: Project): readonly Step[] {
  const step = (name: string, provider: ProviderName, fields: JsonObject, pointer: Pointer): Step => {
    const below = project.defaults[provider];
    const upper = { document, pointer: [...pointer, "with"], fields };
    const lower =
      below === undefined || project.document === undefined
        ? undefined
        : { document: project.document, pointer: ["defaults", provider], fields: below };
    return { name, provider, pointer, layered: layer(upper, lower) };
  };
  if (written.provider !== undefined) return [step(soleStep, written.provider, written.with ?? {}, [])];
  return Object.entries(written.steps ?? {}).map(([name, one]) => step(name, one.provider, one.with, ["steps", name]));
}
