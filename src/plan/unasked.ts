import type { UnaskedJob } from "../model/journal.ts";
import { standing } from "../model/standing.ts";
import { providerNames, type Unit } from "../model/unit.ts";
import type { Known } from "./diff.ts";

/**
 * The jobs that no spec of this checkout asks for: those of another branch, of a pull request that was closed, of a spec
 * that was changed meanwhile. A run that is at work collects its own.
 */
export function unaskedJobs(
  units: readonly Pick<Unit, "digest">[],
  { journal, alive }: Pick<Known, "journal" | "alive">,
): readonly UnaskedJob[] {
  const asked = new Set(units.map(({ digest }) => digest));
  return [...journal.values()].flatMap((entry) => {
    const attempt = standing(entry);
    if (attempt?.state !== "submitted" || asked.has(entry.digest) || alive(attempt)) return [];
    return providerNames.includes(attempt.provider) ? [{ digest: entry.digest, attempt }] : [];
  });
}
