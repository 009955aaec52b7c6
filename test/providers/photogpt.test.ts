import { describe, expect, test } from "vitest";
import { decimal, type Price, usd } from "../../src/model/money.ts";
import type { Input } from "../../src/model/unit.ts";
import { photogpt } from "../../src/providers/photogpt/photogpt.ts";
import { contract } from "./contract.ts";
import { factsWith } from "./facts.ts";

const price = (parts: { readonly second?: string; readonly request?: string; readonly credit?: string }): Price => ({
  ...(parts.second === undefined ? {} : { perSecond: usd(parts.second) }),
  ...(parts.request === undefined ? {} : { perRequest: usd(parts.request) }),
  ...(parts.credit === undefined ? {} : { perCredit: usd(parts.credit) }),
});

const facts = factsWith({
  prices: {
    "veo-3.1": price({ second: "0.20" }),
    "seedance-1.5-pro": price({ second: "0.05", request: "0.01" }),
    "seedance-2.0": price({ request: "0.60" }),
    "kling-video-pro": price({ second: "0.123457" }),
    "kling-motion-pro": price({ second: "0.10", request: "0.01" }),
    "kling-motion-standard": price({ request: "0.40" }),
    "grok-imagine-1.5": price({ credit: "0.01" }),
  },
});

contract({
  provider: photogpt,
  recordings: new URL("../fixtures/photogpt/", import.meta.url),
  request: { operation: "generate", with: { modelID: "veo-3.1", prompt: "How tides work" } },
  owes: [
    ...["400", "402", "quota-400", "409", "documented-submit", "documented-job", "documented-record", "progress"],
    ...["two-steps", "preparing", "prepare-409", "prepare-error", "playlist", "several", "last-frame", "ping"],
    ...["list-array", "list-object", "absence"],
    ...[],
  ],
  facts,
});

type Fields = { readonly [name: string]: Input };
const request = (fields: Fields) => ({ operation: "generate", with: { prompt: "x", ...fields } });

describe("what a request will cost, by the project's own prices", () => {
  const cost = (fields: Fields): string => {
    const estimate = photogpt.estimate(request(fields), facts);
    return estimate.kind === "exact" ? decimal(estimate.amount) : estimate.kind;
  };
  const model = (modelID: string, group: string, options: Fields, more: Fields = {}): Fields => ({
    modelID,
    options: { [group]: options },
    ...more,
  });

  test.each<readonly [Fields, string]>([
    [{ modelID: "veo-3.1" }, "1.60"],
    [model("veo-3.1", "veo", {}), "1.60"],
    [model("veo-3.1", "veo", { duration: 4 }), "0.80"],
    [model("veo-3.1", "veo", { duration: 4 }, { numVideos: 3 }), "2.40"],
    [{ modelID: "veo-3.1", extra: { numVideos: 2 } }, "3.20"],
    [{ modelID: "veo-3.1", extra: { options: { veo: { duration: 6 } } } }, "1.20"],
    [{ modelID: "veo-3.1", numVideos: 0 }, "unknown"],
    [{ modelID: "veo-3.1-fast" }, "unknown"],
    [model("seedance-1.5-pro", "seedance", { duration: 12 }), "0.61"],
    [model("seedance-1.5-pro", "seedance", { duration: 12 }, { numVideos: 2 }), "1.22"],
    [model("seedance-1.5-pro", "seedance", { duration: -1 }), "unknown"],
    [{ modelID: "seedance-1.5-pro" }, "unknown"],
    [{ modelID: "seedance-2.0" }, "0.60"],
    [{ modelID: "kling-video-pro" }, "1.23457"],
    [model("kling-video-pro", "kling", { duration: 3 }), "0.370371"],
    [{ modelID: "kling-motion-pro" }, "unknown"],
    [{ modelID: "kling-motion-standard", numVideos: 4 }, "1.60"],
    [{ modelID: "grok-imagine-1.5" }, "unknown"],
    [{}, "unknown"],
  ])("%j costs %s", (fields, expected) => {
    expect(cost(fields)).toBe(expected);
  });

  test("an unknown price says what would make it known", () => {
    expect(photogpt.estimate(request({ modelID: "veo-3.1-fast" }), facts)).toEqual({
      kind: "unknown",
      because: "PhotoGPT publishes no prices, and providers.photogpt.prices has none for veo-3.1-fast",
    });
    expect(photogpt.estimate(request({ modelID: "kling-motion-pro" }), facts)).toEqual({
      kind: "unknown",
      because: "how long a video of kling-motion-pro becomes is not known beforehand",
    });
  });
});

describe("how long a video a request asks for", () => {
  test.each<readonly [Fields, number | undefined]>([
    [{ modelID: "veo-3.1" }, 8],
    [{ modelID: "veo-3.1-fast", options: { veo: { duration: 4 } } }, 4],
    [{ modelID: "kling-video-standard" }, 10],
    [{ modelID: "kling-motion-standard" }, undefined],
    [{ modelID: "grok-imagine-1.5" }, 8],
    [{ modelID: "seedance-2.0" }, undefined],
    [{ modelID: "seedance-2.0", options: { seedance: { duration: 15 } } }, 15],
    [{ modelID: "seedance-1.5-pro", options: { seedance: { duration: -1 } } }, undefined],
    [{ modelID: "seedance-1.5-pro", options: { seedance: { duration: "5" } } }, undefined],
  ])("%j: %s", (fields, expected) => {
    expect(photogpt.seconds?.(request(fields), facts)).toBe(expected);
  });
});

test("a job is known by what the list shows of what was sent, the escape hatch included", () => {
  const fields = { modelID: "veo-3.1", prompt: "x", duration: 8, extra: { prompt: "Tides" } };
  const traits = photogpt.search?.traits({ operation: "generate", with: fields });
  expect(traits).toEqual({ modelID: "veo-3.1", prompt: "Tides" });
});
