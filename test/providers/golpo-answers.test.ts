import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Read, Wire } from "../../src/model/provider.ts";
import { golpo } from "../../src/providers/golpo/golpo.ts";

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

const names = ["job_id", "jobId", "id", "video_id", "video", "data", "result", "status", "state", "progress"].concat(
  ["video_url", "podcast_url", "script", "error", "message", "detail", "videos", "total", "prompt", "created_at"],
  ["__proto__", "constructor", "title", "is_public"],
);
const words = [
  "completed",
  "FAILED ",
  "generating",
  "https://a.example/x.mp4",
  "../../etc",
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
    request: { operation: "generate", with: { prompt: "x" } },
    metadata: {},
    claimedAt: "2026-05-01T00:00:00Z",
  };
  const request = { operation: "generate", with: {}, metadata: {} };
  await fc.assert(
    fc.asyncProperty(answers, async (reply) => {
      const wire = answering(reply);
      const taken = await golpo.submit(request, wire).catch(() => undefined);
      for (const id of Object.values(taken?.job ?? {})) expect(id).toMatch(/^(?!\.+$)[\w.:-]{1,256}$/);
      const status = await golpo.poll({ id: "j" }, wire).catch(() => undefined);
      if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
      if (status?.state === "running" && status.progress !== undefined)
        expect(status.progress >= 0 && status.progress <= 1).toBe(true);
      if (status?.state === "done")
        for (const { source } of status.outputs)
          expect("text" in source || /^https?:\/\//i.test(source.url)).toBe(true);
      await outcomeOf(golpo.submit(request, wire));
      await outcomeOf(golpo.poll({ id: "j" }, wire));
      await outcomeOf(golpo.inspect?.({ id: "j" }, wire) ?? Promise.resolve());
      await outcomeOf(golpo.find?.(lost, wire) ?? Promise.resolve());
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});
