import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Read, Wire } from "../../src/model/provider.ts";
import { photogpt } from "../../src/providers/photogpt/photogpt.ts";

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

const names = ["result", "status", "jobId", "jobID", "id", "videos", "images", "url", "error", "message", "err"].concat(
  ["percentComplete", "progress", "data", "prompt", "modelID", "createdAt", "reason", "items"],
  ["__proto__", "constructor"],
);
const words = [
  "success",
  "FAILED ",
  "running",
  "ready",
  "inprogress",
  "NOK",
  "insufficient credits",
  "https://a.example/x.mp4",
  "https://a.example/x.m3u8",
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
    request: { operation: "generate", with: { modelID: "success", prompt: "success" } },
    metadata: {},
    claimedAt: "2026-05-01T00:00:00Z",
  };
  const request = { operation: "generate", with: {}, metadata: {} };
  await fc.assert(
    fc.asyncProperty(answers, async (reply) => {
      const wire = answering(reply);
      const taken = await photogpt.submit(request, wire).catch(() => undefined);
      for (const id of Object.values(taken?.job ?? {})) expect(id).toMatch(/^(?!\.+$)[\w.:-]{1,256}$/);
      const status = await photogpt.poll({ id: "j" }, wire).catch(() => undefined);
      if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
      if (status?.state === "running" && status.progress !== undefined)
        expect(status.progress >= 0 && status.progress <= 1).toBe(true);
      if (status?.state === "done")
        for (const { source } of status.outputs)
          expect("url" in source && /^https?:\/\/.*(?<!m3u8)$/i.test(source.url)).toBe(true);
      expect(photogpt.meaning?.(400, reply)?.message ?? "x").toMatch(/\S/);
      await outcomeOf(photogpt.submit(request, wire));
      await outcomeOf(photogpt.poll({ id: "j" }, wire));
      await outcomeOf(photogpt.inspect?.({ id: "j" }, wire) ?? Promise.resolve());
      await outcomeOf(photogpt.find?.(lost, wire) ?? Promise.resolve());
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});
