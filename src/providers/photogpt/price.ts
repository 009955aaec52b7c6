import { type Estimate, usd, zero } from "../../model/money.ts";
import type { Facts } from "../../model/provider.ts";
import type { Input, Request } from "../../model/unit.ts";
import { between, unknown } from "../estimate.ts";
import { fieldsOf } from "../fields.ts";
import { optionsOf } from "./fields.ts";

/** How long a video is that asks for no length, in seconds, as far as PhotoGPT says. */
const usual: ReadonlyMap<string, number> = new Map([
  ["veo-3.1", 8],
  ["veo-3.1-fast", 8],
  ["kling-video-standard", 10],
  ["kling-video-pro", 10],
  ["grok-imagine-1.5", 8],
]);

const modelOf = (request: Request): string => String(fieldsOf(request).modelID);

/** -1 leaves the length to the model. */
export function seconds(request: Request): number | undefined {
  const { duration } = optionsOf(fieldsOf(request));
  if (duration === undefined) return usual.get(modelOf(request));
  return typeof duration === "number" && duration > 0 ? duration : undefined;
}

const count = (input: Input | undefined): number | undefined => {
  if (input === undefined) return 1;
  return typeof input === "number" && input >= 1 ? input : undefined;
};

/** PhotoGPT publishes no price and tells no cost, so the author's own prices are all there is. */
export function estimate(request: Request, { prices }: Facts): Estimate {
  const model = modelOf(request);
  const price = prices.get(model);
  if (price === undefined || (price.perSecond === undefined && price.perRequest === undefined))
    return unknown(`PhotoGPT publishes no prices, and providers.photogpt.prices has none for ${model}`);
  const videos = count(fieldsOf(request).numVideos);
  if (videos === undefined) return unknown("numVideos is no number of videos");
  const { perSecond = zero, perRequest = zero } = price;
  const length = perSecond === zero ? 0 : seconds(request);
  if (length === undefined) return unknown(`how long a video of ${model} becomes is not known beforehand`);
  const amount = usd((videos * (perSecond * length + perRequest)) / 1e6);
  const many = videos === 1 ? "" : `, times ${videos} videos`;
  return between(amount, amount, { source: `the project's own price of ${model}${many}`, asOf: "" });
}
