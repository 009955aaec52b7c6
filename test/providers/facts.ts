import { type Catalogue, noCatalogue } from "../../src/model/catalogue.ts";
import type { Price } from "../../src/model/money.ts";
import type { Facts } from "../../src/model/provider.ts";
import type { Input } from "../../src/model/unit.ts";

/** What is known beside a request: nothing, unless told. */
export const factsWith = (known: {
  readonly prices?: { readonly [model: string]: Price };
  readonly catalogue?: Catalogue;
  readonly seconds?: (input: Input) => number | undefined;
}): Facts => ({
  prices: new Map(Object.entries(known.prices ?? {})),
  catalogue: known.catalogue ?? noCatalogue,
  seconds: known.seconds ?? (() => undefined),
});

export const noFacts: Facts = factsWith({});
