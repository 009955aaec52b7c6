import type { Problem } from "../model/problem.ts";
import type { ProviderName } from "../model/unit.ts";
import { mistake } from "./mistake.ts";
import type { Spec } from "./parse.ts";
import type { Project } from "./project.ts";
import type { Step } from "./steps.ts";

/** Why a step's provider may not be asked, or cannot be. */
export function unusable(
  { provider, pointer }: Step,
  { document }: Spec,
  project: Project,
  available: ReadonlyMap<ProviderName, unknown>,
): readonly Problem[] {
  const at = [...pointer, "provider"];
  const allowed = project.policy.providers;
  if (allowed !== undefined && !allowed.includes(provider)) {
    const message = `the project's policy does not allow the provider "${provider}"`;
    return [mistake(document, at, { code: "forbidden-provider", message, hint: `it allows ${allowed.join(", ")}` })];
  }
  if (available.has(provider)) return [];
  const message = `the provider "${provider}" is not available in this version`;
  const hint = `available are ${[...available.keys()].join(", ")}`;
  return [mistake(document, at, { code: "unavailable-provider", message, ...(available.size === 0 ? {} : { hint }) })];
}
