import type { Model } from "../../model/catalogue.ts";
import { type Estimate, type Price, usd, zero } from "../../model/money.ts";
import type { Facts } from "../../model/provider.ts";
import type { Request } from "../../model/unit.ts";
import { between, unknown } from "../estimate.ts";
import { type Asked, askedIn, filmSeconds, lengthsOf } from "./asked.ts";
import { type Pixels, pixelsOf, pixelsOfSize } from "./pixels.ts";
import { choose, type Prices, pricesOf, type Sku } from "./sku.ts";

interface Range {
  readonly low: number;
  readonly high: number;
}

type Priced = Range | { readonly because: string };

const isRange = (priced: Priced): priced is Range => "low" in priced;

/** What a request leaves to the model, filled in with one of the model's own. */
interface Shape {
  readonly seconds: number;
  readonly resolution: string | undefined;
  readonly pixels: Pixels | undefined;
  readonly creativity: number | undefined;
}

function shapesOf(asked: Asked, model: Model, lengths: readonly number[]): readonly Shape[] {
  const resolutions = asked.resolution === undefined ? (model.resolutions ?? [undefined]) : [asked.resolution];
  const ratios = asked.ratio === undefined ? (model.aspectRatios ?? [undefined]) : [asked.ratio];
  const degrees = asked.creativity === undefined ? (model.creativity ?? [undefined]) : [asked.creativity];
  const { size } = asked;
  return lengths.flatMap((seconds) =>
    resolutions.flatMap((resolution) =>
      ratios.flatMap((ratio) => {
        const pixels = size === undefined ? pixelsOf(resolution, ratio) : pixelsOfSize(size);
        return degrees.map((creativity) => ({ seconds, resolution, pixels, creativity }));
      }),
    ),
  );
}

const framesPerSecond = 24;
const pixelsPerToken = 1024;

/** A film has one frame more than its seconds make: a bill that was seen comes to the cent. */
const tokens = (pixels: number, seconds: number): number =>
  (Math.round(pixels) * (Math.round(framesPerSecond * seconds) + 1)) / pixelsPerToken;

function quantity({ per }: Sku, { pixels, seconds }: Shape, asked: Asked, facts: Facts): Priced {
  if (per === "second") return { low: seconds, high: seconds };
  if (pixels === undefined) return { because: "it is priced by its pixels, and how many it has is left to the model" };
  if (per === "megapixelSecond") return { low: (pixels.least / 1e6) * seconds, high: (pixels.most / 1e6) * seconds };
  // Nobody says whether the seconds of a film to go by count: at least they do not, at most all do.
  const film = filmSeconds(asked, facts);
  if (film === undefined) return { because: "how long the films are that it goes by is not known, and they may count" };
  return { low: tokens(pixels.least, seconds), high: tokens(pixels.most, seconds + film) };
}

function priceOf(shape: Shape, asked: Asked, model: Model, prices: Prices, facts: Facts): Priced {
  const { resolution, creativity } = shape;
  const audio = asked.audio ?? model.audio ?? false;
  const chosen = choose(prices.skus, { mode: asked.mode, resolution, audio, creativity, film: asked.films.length > 0 });
  if (chosen === undefined) return { because: `OpenRouter lists no price of ${asked.model} for such a request` };
  const many = quantity(chosen.low, shape, asked, facts);
  if (!isRange(many)) return many;
  const onTop = asked.images * prices.perImage + asked.references * prices.perReference;
  return {
    low: Math.max(prices.least, many.low * chosen.low.dollars + onTop),
    high: Math.max(prices.least, many.high * chosen.high.dollars + onTop),
  };
}

/** More dollars than any video costs: what is beyond is a slip of the list's. */
const dearest = 1e6;

const noLength = "the length is left to the model";

function byAuthor({ model }: Asked, { perSecond, perRequest = zero }: Price, lengths: readonly number[]): Estimate {
  const said = { source: `the project's own price of ${model}`, asOf: "" };
  if (perSecond === undefined) return between(perRequest, perRequest, said);
  if (lengths.length === 0) return unknown(noLength);
  const cost = (seconds: number) => usd((perSecond * seconds + perRequest) / 1e6);
  return between(cost(Math.min(...lengths)), cost(Math.max(...lengths)), said);
}

/**
 * By the author's own price of the model, or else by the price keys of the catalogue. What the request leaves to the model
 * makes it a range over everything that the model may choose. What cannot be read is unknown, and never nothing.
 */
export function estimate(request: Request, facts: Facts): Estimate {
  const { catalogue } = facts;
  const asked = askedIn(request);
  const model = catalogue.models.get(asked.model);
  const lengths = lengthsOf(asked, model, facts);
  const own = facts.prices.get(asked.model);
  if (own?.perSecond !== undefined || own?.perRequest !== undefined) return byAuthor(asked, own, lengths);
  if (model === undefined) return unknown(`${asked.model} is not in OpenRouter's catalogue`);
  const prices = pricesOf(model.prices ?? {});
  if ("unread" in prices) return unknown(`OpenRouter's price key ${prices.unread} is new to us`);
  if (prices.skus.length === 0) return unknown(`OpenRouter lists no price of ${asked.model}`);
  if (lengths.length === 0) return unknown(noLength);
  const all = shapesOf(asked, model, lengths).map((shape) => priceOf(shape, asked, model, prices, facts));
  const unpriced = all.find((priced) => !isRange(priced));
  if (unpriced !== undefined && "because" in unpriced) return unknown(unpriced.because);
  const ranges = all.filter(isRange);
  const high = Math.max(...ranges.map((range) => range.high));
  if (!(high <= dearest)) return unknown(`OpenRouter's price keys of ${asked.model} make no price`);
  const low = Math.min(...ranges.map((range) => range.low));
  return between(usd(low), usd(high), { source: "OpenRouter's price keys", asOf: catalogue.asOf });
}
