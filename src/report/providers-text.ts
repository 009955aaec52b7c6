import type { Catalogue, Model } from "../model/catalogue.ts";
import type { Provider } from "../model/provider.ts";
import { padEnd, widest } from "./columns.ts";
import { paintOf, type Style } from "./paint.ts";
import { oneLine } from "./plan-text.ts";
import { printable } from "./printable.ts";

/** What became of asking a provider whether it knows the key. */
export type KeyState =
  | { readonly kind: "not-set" }
  /** The provider has no free call that would tell more. */
  | { readonly kind: "set" }
  | { readonly kind: "works" }
  | { readonly kind: "trouble"; readonly message: string };

export interface ProviderRow {
  readonly provider: Provider;
  readonly catalogue: Catalogue | undefined;
  readonly key: KeyState;
}

/** What each provider can do; with `models`, every model with what it makes and its price keys. */
export function providersText(rows: readonly ProviderRow[], models: boolean, style: Style): string {
  const paint = paintOf(style);
  const width = widest(rows.map(({ provider }) => provider.name));
  return rows
    .map(({ provider, catalogue, key }) => {
      const indent = " ".repeat(width + 2);
      const lines = [
        `${paint("bold", padEnd(provider.name, width))}  ${keyText(provider, key)}`,
        `${indent}${abilities(provider).join(" · ")}`,
        ...(catalogue === undefined
          ? []
          : [`${indent}${catalogue.models.size} models and their prices as of ${catalogue.asOf}`]),
        ...(models ? [...(catalogue?.models.values() ?? [])].flatMap((model) => modelLines(model, style)) : []),
      ];
      return lines.join("\n");
    })
    .join("\n");
}

function keyText({ secret }: Provider, key: KeyState): string {
  switch (key.kind) {
    case "not-set":
      return `${secret} is not set`;
    case "set":
      return `${secret} is set`;
    case "works":
      return `${secret} works`;
    case "trouble":
      return `${secret}: ${oneLine(key.message)}`;
  }
}

function abilities(provider: Provider): readonly string[] {
  return [
    provider.upload === undefined ? "https addresses only" : "takes local files",
    provider.search === undefined ? "a lost submit needs a person" : "finds lost submits",
    ...(provider.update === undefined ? [] : ["title changes in place"]),
    ...(provider.balance === undefined ? [] : ["tells its balance"]),
  ];
}

function modelLines(written: Model, style: Style): readonly string[] {
  const model = printable(written, style.target);
  const makes = [
    model.durations === undefined ? undefined : `${model.durations.join(", ")} s`,
    model.resolutions?.join(", "),
    model.aspectRatios?.join(", "),
    model.audio === true ? "sound" : undefined,
  ].filter((part) => part !== undefined);
  const prices = Object.entries(model.prices ?? {}).map(([sku, price]) => `${sku} ${price}`);
  return [
    `  ${oneLine(model.id)}`,
    ...(makes.length === 0 ? [] : [`    ${oneLine(makes.join(" · "))}`]),
    ...(prices.length === 0 ? ["    no price"] : prices.map((price) => `    ${oneLine(price)}`)),
  ];
}

/** The same for programs. */
export function providersJson(rows: readonly ProviderRow[]): string {
  const providers = rows.map(({ provider, catalogue, key }) => ({
    name: provider.name,
    key: { variable: provider.secret, ...key },
    capabilities: {
      localFiles: provider.upload !== undefined,
      findsLostSubmits: provider.search !== undefined,
      changesInPlace: provider.update !== undefined,
      balance: provider.balance !== undefined,
    },
    ...(catalogue === undefined ? {} : { asOf: catalogue.asOf, models: [...catalogue.models.values()] }),
  }));
  return JSON.stringify({ formatVersion: "1.0", providers }, null, 2);
}
