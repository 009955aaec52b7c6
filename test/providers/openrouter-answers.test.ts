import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Read, Wire } from "../../src/model/provider.ts";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { factsWith } from "./facts.ts";
import { asking } from "./openrouter-catalogue.ts";

/** Answers everything alike, as the real wire would: the reader is all that stands between. */
function answering(reply: Json): Wire & PaidWire {
  const call = async <T>(read: Read<T>): Promise<T> => read(reply);
  return {
    get: (_path, read) => call(read),
    post: (_path, _body, read) => call(read),
    patch: (_path, _body, read) => call(read),
    delete: (_path, read) => call(read),
    put: async () => undefined,
  };
}

const names = ["id", "polling_url", "status", "error", "message", "metadata", "error_type", "reasons", "availability"]
  .concat(["unsigned_urls", "urls", "usage", "cost", "data", "limit_remaining", "total_credits", "total_usage"])
  .concat(["pricing_skus", "duration_seconds", "cents_per_image_input", "video_tokens_720p", "supported_durations"])
  .concat(["supported_resolutions", "supported_sizes", "upscale_factor", "min", "name", "__proto__", "constructor"]);
const words = [
  "completed",
  "FAILED ",
  "in_progress",
  "ZodError",
  "https://a.example/x.mp4",
  "/api/v1/videos/x/content",
  "//a.example",
  "../../etc",
  "..",
  "720p",
  "0.5",
  "\u001b[31mred",
  "[{}]",
];
const { tree: answers } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, -1, 1e308, "", ...words),
    fc.string({ unit: "binary" }),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...names), tie("tree")), { maxLength: 8 })
      // As JSON.parse does it: "__proto__" becomes a property like any other.
      .map((entries): Json => Object.fromEntries(entries)),
  ),
}));

const outcomeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => {
    // A bug would be a TypeError or a RangeError; a reader that finds nothing throws a plain Error.
    expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
    return undefined;
  });

const request = { operation: "generate", with: {}, metadata: {} };

test("no answer breaks a reader, reaches a prototype, or gets an unfit id, address, word or cost through", async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (reply) => {
      const wire = answering(reply);
      const taken = await openrouter.submit(request, wire).catch(() => undefined);
      for (const id of Object.values(taken?.job ?? {})) expect(id).toMatch(/^(?!\.+$)[\w.:-]{1,256}$/);
      const status = await openrouter.poll({ id: "j" }, wire).catch(() => undefined);
      if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
      if (status?.state === "failed" || status?.state === "done")
        expect(status.cost?.amount ?? "0.00").toMatch(/^\d+\.\d{2,6}$/);
      if (status?.state === "done")
        for (const { source } of status.outputs)
          expect("text" in source || /^(?:https?:\/\/|\/)/i.test(source.url)).toBe(true);
      await outcomeOf(openrouter.submit(request, wire));
      await outcomeOf(openrouter.poll({ id: "j" }, wire));
      await outcomeOf(openrouter.balance?.(wire) ?? Promise.resolve());
      expect(openrouter.meaning?.(503, reply)).toBeInstanceOf(Object);
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});

test("whatever a list says of a model, it makes a price, a range of prices, or none, and remarks in words", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answers, { maxLength: 3 }), fc.dictionary(fc.string(), answers), async (list, fields) => {
      const data = list.map((model) => (typeof model === "object" && model !== null ? { ...model, id: "a/b" } : model));
      const models = (await openrouter.models?.(answering({ data }))) ?? [];
      const facts = factsWith({
        catalogue: { asOf: "2026-10-02", models: new Map(models.map((model) => [model.id, model])) },
      });
      for (const asked of [asking("a/b", fields), asking("a/b", { duration: 5, resolution: "720p" })]) {
        const price = openrouter.estimate(asked, facts);
        if (price.kind === "range") expect(price.low).toBeLessThanOrEqual(price.high);
        if (price.kind === "exact") expect(Number.isSafeInteger(price.amount)).toBe(true);
        for (const { message } of openrouter.remarks?.(asked, facts) ?? []) expect(message).not.toBe("");
      }
    }),
    { numRuns: 3_000 },
  );
});
