import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Read, Wire } from "../../src/model/provider.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";

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

const names = ["runId", "id", "model", "data", "status", "output", "video", "videos", "url", "urls", "videoUrl"].concat(
  ["cost", "paymentSource", "error", "message", "code", "type", "isNSFWError", "userFriendlyError", "progress"],
  ["createdAt", "usd_balance", "nano_balance", "supported_parameters", "parameters", "duration", "options", "value"],
  ["pricing", "per_video", "capabilities", "image_to_video", "min", "max", "step", "__proto__", "constructor"],
);
const words = [
  "COMPLETED",
  "failed ",
  "generating",
  "USD",
  "https://a.example/x.mp4",
  "/api/generate-video/content?runId=1",
  "../../etc",
  "//evil.example/",
  "..",
  "\u001b[31mred",
  "2026-05-01",
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

test("no answer breaks a reader, reaches a prototype, or gets an unfit id, address or word through", async () => {
  const lost = {
    request: { operation: "generate", with: { model: "veo2-video", prompt: "x" } },
    metadata: {},
    claimedAt: "2026-05-01T00:00:00Z",
  };
  const request = { operation: "generate", with: { model: "x" }, metadata: {} };
  await fc.assert(
    fc.asyncProperty(answers, async (reply) => {
      const wire = answering(reply);
      const taken = await nanogpt.submit(request, wire).catch(() => undefined);
      for (const id of Object.values(taken?.job ?? {})) expect(id).toMatch(/^(?!\.+$)[\w.:-]{1,256}$/);
      const status = await nanogpt.poll({ id: "j" }, wire).catch(() => undefined);
      if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
      if (status?.state === "running" && status.progress !== undefined)
        expect(status.progress >= 0 && status.progress <= 1).toBe(true);
      if (status?.state === "done")
        for (const { source } of status.outputs)
          expect("url" in source && /^(?:https?:\/\/|\/(?!\/))/i.test(source.url)).toBe(true);
      await outcomeOf(nanogpt.submit(request, wire));
      await outcomeOf(nanogpt.poll({ id: "j" }, wire));
      await outcomeOf(nanogpt.find?.(lost, wire) ?? Promise.resolve());
      for (const model of (await nanogpt.models?.(wire).catch(() => [])) ?? []) expect(model.id).not.toBe("");
      await outcomeOf(nanogpt.models?.(wire) ?? Promise.resolve());
      await nanogpt.balance?.(wire).catch(() => undefined);
      expect(nanogpt.meaning?.(400, reply)).toBeDefined();
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});
