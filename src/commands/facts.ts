import { join } from "node:path";
import { mediaFacts } from "../io/media.ts";
import type { Repository } from "../io/repository.ts";
import { noCatalogue } from "../model/catalogue.ts";
import type { Facts } from "../model/provider.ts";
import { assetsOf, type Input, isAsset, isStepOutput, type StepOutput, type Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { settingsFor } from "../spec/project.ts";
import { providerNamed } from "./connections.ts";
import type { Gathered } from "./gather.ts";

/** How long the films and sounds last that units would send away, in seconds, by the sha256 of their bytes. */
export async function lengthsOf(units: readonly Unit[], { project }: Repository): Promise<ReadonlyMap<string, number>> {
  const lengths = new Map<string, number>();
  const timed = units
    .flatMap(({ request }) => assetsOf(request.with))
    .filter(({ mediaType }) => /^(?:video|audio)\//.test(mediaType));
  for (const { asset, sha256 } of new Map(timed.map((one) => [one.sha256, one])).values()) {
    try {
      const { seconds } = await mediaFacts(join(project, asset));
      if (seconds !== undefined) lengths.set(sha256, seconds);
    } catch (error) {
      // A film that we cannot measure may be one that the provider can: its price is unknown, no more.
      if (!(error instanceof ProviderError)) throw error;
    }
  }
  return lengths;
}

/** What is known beside the request of each unit: the project's prices, the catalogue, and how long its inputs last. */
export function factsOf(
  gathered: Pick<Gathered, "project" | "catalogues" | "lengths" | "units" | "locks">,
): (unit: Unit) => Facts {
  const { project, catalogues, lengths, units, locks } = gathered;
  const byId = new Map(units.map((unit) => [unit.id, unit]));

  const made = ({ step, digest, role }: StepOutput): number | undefined => {
    const unit = byId.get(step);
    if (unit === undefined) return undefined;
    const entry = locks.get(unit.spec)?.units.get(step);
    if (entry?.state === "ready" && entry.digest === digest) {
      return entry.outputs.find((output) => output.role === role)?.seconds;
    }
    return providerNamed(unit.provider).seconds?.(unit.request, facts(unit));
  };
  const seconds = (input: Input): number | undefined => {
    if (isAsset(input)) return lengths.get(input.sha256);
    return isStepOutput(input) ? made(input) : undefined;
  };
  const facts = ({ provider }: Unit): Facts => ({
    prices: settingsFor(project, provider).prices,
    catalogue: catalogues.get(provider) ?? noCatalogue,
    seconds,
  });
  return facts;
}
