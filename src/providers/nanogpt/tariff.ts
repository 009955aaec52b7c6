import type { Fields } from "../fields.ts";
import { secondsIn } from "./fields.ts";

/** Dollars, from the least to the most that it may be. */
type Span = readonly [number, number];

/** What a model is sold by: the sum of the parts that are there. */
export interface Tariff {
  readonly perSecond?: Span | undefined;
  readonly perRequest?: Span | undefined;
}

const kinds: ReadonlyMap<string, keyof Tariff> = new Map([
  ["per_second", "perSecond"],
  ["per_video", "perRequest"],
  ["per_generation", "perRequest"],
]);

/** What a step of a list may be named after: a resolution, a length, a mode. */
const isAsked = (step: string, { resolution, duration, seconds, mode }: Fields): boolean =>
  [resolution, mode].some((value) => typeof value === "string" && value.toLowerCase() === step.toLowerCase()) ||
  [duration, seconds].some((value) => secondsIn(value) !== undefined && secondsIn(value) === secondsIn(step));

const spanOf = (amounts: readonly number[]): Span => [Math.min(...amounts), Math.max(...amounts)];

/**
 * What a list's price keys mean for a request: "per_second", or "per_second.720p" where the price goes by steps. A step
 * that the request does not name may be any of them. One key that nobody here understands, and nothing is known.
 */
export function listed(prices: { readonly [sku: string]: string } | undefined, fields: Fields): Tariff | undefined {
  const steps = new Map<keyof Tariff, { readonly step: string; readonly amount: number }[]>();
  for (const [sku, text] of Object.entries(prices ?? {})) {
    const [, name = "", step = ""] = /^([^.]*)(?:\.(.*))?$/.exec(sku) ?? [];
    const kind = kinds.get(name);
    const amount = Number(text);
    if (kind === undefined || !Number.isFinite(amount)) return undefined;
    steps.set(kind, [...(steps.get(kind) ?? []), { step, amount }]);
  }
  if (steps.size === 0) return undefined;
  const of = (kind: keyof Tariff): Span | undefined => {
    const all = steps.get(kind);
    if (all === undefined) return undefined;
    const meant = all.filter(({ step }) => step !== "" && isAsked(step, fields));
    return spanOf((meant.length > 0 ? meant : all).map(({ amount }) => amount));
  };
  return { perSecond: of("perSecond"), perRequest: of("perRequest") };
}
