import { type Estimate, usd } from "../../model/money.ts";
import type { Facts } from "../../model/provider.ts";
import type { Request } from "../../model/unit.ts";
import { between, unknown } from "../estimate.ts";
import { fieldsOf } from "../fields.ts";
import { modelOf } from "./fields.ts";
import { span } from "./length.ts";
import { listed, type Tariff } from "./tariff.ts";

/** Said of Hunyuan by NanoGPT; seen of Sora. */
const doubles = (model: string, proMode: boolean): boolean => proMode && /^(?:hunyuan|sora)/.test(model);

/** The author's own price first, then the list's. NanoGPT prints no prices, so without one of these there is none. */
export function estimate(request: Request, facts: Facts): Estimate {
  const model = modelOf(request);
  const fields = fieldsOf(request);
  const own = facts.prices.get(model);
  const { catalogue } = facts;
  const tariff =
    own === undefined
      ? listed(catalogue.models.get(model)?.prices, fields)
      : { perSecond: ends(own.perSecond), perRequest: ends(own.perRequest) };
  if (tariff === undefined)
    return unknown(
      `NanoGPT publishes no prices, and neither the list nor providers.nanogpt.prices has one for ${model}`,
    );
  const times = doubles(model, fields.pro_mode === true || fields.pro === true) ? 2 : 1;
  const twice = times === 2 ? ", doubled by pro_mode" : "";
  const source = `${own === undefined ? `NanoGPT's list, price of ${model}` : `the project's own price of ${model}`}${twice}`;
  return priced(tariff, span(request, facts), times, model, { source, asOf: own === undefined ? catalogue.asOf : "" });
}

const ends = (amount: number | undefined): readonly [number, number] | undefined =>
  amount === undefined ? undefined : [amount / 1e6, amount / 1e6];

function priced(
  { perSecond, perRequest = [0, 0] }: Tariff,
  length: readonly [number, number] | undefined,
  times: number,
  model: string,
  said: { readonly source: string; readonly asOf: string },
): Estimate {
  if (perSecond !== undefined && length === undefined)
    return unknown(`${model} is sold by the second, and how long its video becomes is not known beforehand`);
  const [shortest, longest] = length ?? [0, 0];
  const [least, most] = perSecond ?? [0, 0];
  const low = usd(times * (perRequest[0] + least * shortest));
  const high = usd(times * (perRequest[1] + most * longest));
  return between(low, high, said);
}
