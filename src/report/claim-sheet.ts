import type { Loss } from "../model/loss.ts";
import type { Cost } from "../model/money.ts";
import { sumOf } from "./decimals.ts";

/** What may have been charged for nothing, provider by provider, with all that a provider's support asks for. */
export interface ClaimSheet {
  readonly emulated: boolean;
  readonly providers: readonly ProviderClaims[];
}

interface ProviderClaims {
  readonly provider: string;
  readonly requests: readonly ClaimedRequest[];
  /** The sums of what the provider said that it billed, one for each currency. */
  readonly billed: readonly Money[];
  /** The sum of our estimates for the rest. A decimal of dollars. */
  readonly estimated: string;
  /** How many have neither. */
  readonly unpriced: number;
}

type Money = Pick<Cost, "amount" | "currency">;

/** Times are UTC. */
export interface ClaimedRequest extends Omit<Loss, "cost" | "estimate" | "provider"> {
  readonly billed?: Money;
  /** Only where the provider said nothing of a bill. */
  readonly estimate?: string;
}

/** Losses come by provider, as `losses` has them. */
export function claimSheet(losses: readonly Loss[], emulated: boolean): ClaimSheet {
  const names = [...new Set(losses.map(({ provider }) => provider))];
  return { emulated, providers: names.map((name) => ofProvider(name, losses)) };
}

function ofProvider(name: string, losses: readonly Loss[]): ProviderClaims {
  const requests = losses.filter(({ provider }) => provider === name).map(requestOf);
  const billed = requests.flatMap((request) => request.billed ?? []);
  const currencies = [...new Set(billed.map(({ currency }) => currency))];
  return {
    provider: name,
    requests,
    billed: currencies.map((currency) => ({
      amount: sumOf(billed.flatMap((one) => (one.currency === currency ? [one.amount] : []))),
      currency,
    })),
    estimated: sumOf(requests.flatMap(({ estimate }) => estimate ?? [])),
    unpriced: requests.filter(({ billed, estimate }) => billed === undefined && estimate === undefined).length,
  };
}

function requestOf({ provider: _, cost, estimate, ...rest }: Loss): ClaimedRequest {
  if (cost?.source === "provider") return { ...rest, billed: { amount: cost.amount, currency: cost.currency } };
  const expected = cost?.currency === "USD" ? cost.amount : estimate;
  return expected === undefined ? rest : { ...rest, estimate: expected };
}
