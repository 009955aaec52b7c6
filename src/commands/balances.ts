import type { Connection } from "../apply/ports.ts";
import { decimal, zero } from "../model/money.ts";
import type { Plan } from "../model/plan.ts";
import type { ProviderName } from "../model/unit.ts";
import { totals } from "../plan/price.ts";
import { ProviderError } from "../providers/error.ts";
import { providerNamed } from "./connections.ts";
import { exit, UsageError } from "./exit.ts";

/** Stops before the first intent when an account certainly has too little for the plan, where the provider tells. */
export async function checkBalances(
  { actions }: Plan,
  names: Iterable<ProviderName>,
  connect: (name: ProviderName) => Connection,
): Promise<void> {
  for (const name of new Set(names)) {
    if (providerNamed(name).balance === undefined) continue;
    const own = actions.filter(({ action }) => action.kind !== "forget" && action.unit.provider === name);
    const { low } = totals(own);
    const left = low === zero ? undefined : await balance(connect(name));
    if (left === undefined || left >= low) continue;
    throw new UsageError(
      `the account at ${name} has $${decimal(left)}, and this plan costs $${decimal(low)} there`,
      "nothing was submitted; top the account up, or select fewer videos",
      exit.refused,
    );
  }
}

/** A balance that cannot be read is no reason to stop: a submit that it does not cover is refused, and costs nothing. */
async function balance({ provider, wire }: Connection) {
  try {
    return await provider.balance?.(wire);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return undefined;
  }
}
