import fc from "fast-check";
import { expect, test } from "vitest";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { answering, answersOf, noAnswerBreaks } from "./answers.ts";
import { factsWith } from "./facts.ts";
import { asking } from "./openrouter-catalogue.ts";

const names = ["id", "polling_url", "status", "error", "message", "metadata", "error_type", "reasons", "availability"]
  .concat(["unsigned_urls", "urls", "usage", "cost", "data", "limit_remaining", "total_credits", "total_usage"])
  .concat(["pricing_skus", "duration_seconds", "cents_per_image_input", "video_tokens_720p", "supported_durations"])
  .concat(["supported_resolutions", "supported_sizes", "upscale_factor", "min", "name"]);
const words = [
  "completed",
  "FAILED ",
  "in_progress",
  "ZodError",
  "/api/v1/videos/x/content",
  "//a.example",
  "720p",
  "0.5",
  "[{}]",
];

noAnswerBreaks({
  provider: openrouter,
  names,
  words,
  request: { operation: "generate", with: {}, metadata: {} },
  address: /^(?:https?:\/\/|\/)/i,
});

const answers = answersOf(names, words);

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
