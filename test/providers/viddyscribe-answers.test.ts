import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Read, Wire } from "../../src/model/provider.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { viddyscribe } from "../../src/providers/viddyscribe/viddyscribe.ts";

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

const names = ["job_id", "jobId", "id", "media_id", "data", "status", "output", "segments", "items", "format"].concat(
  ["video_signed_url", "audio_signed_url", "result_url", "content", "vtt", "start", "end_time", "text", "description"],
  ["error", "error_code", "code", "message", "upload_status", "upload_url", "canonical_media_id", "gcs_path"],
  ["__proto__", "constructor", "retry_after"],
);
const words = [
  "completed",
  "done",
  "FAILED ",
  "queued",
  "no_video_stream",
  "upload_not_ready",
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
    if (!(error instanceof ProviderError)) expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
    return undefined;
  });

test("no answer breaks a reader, reaches a prototype, or gets an unfit id, address or word through", async () => {
  const request = {
    operation: "video",
    with: { input: "media:m-1", format: "json", ad_type: "standard_ad" },
    metadata: {},
  };
  const file = { name: "a.mp4", mediaType: "video/mp4", bytes: new Uint8Array(1), sha256: "0" };
  const large = { ...file, bytes: new Uint8Array(32_000_000) };
  await fc.assert(
    fc.asyncProperty(answers, async (reply) => {
      const wire = answering(reply);
      const taken = await viddyscribe.submit(request, wire).catch(() => undefined);
      for (const id of Object.values(taken?.job ?? {})) expect(id).toMatch(/^(?!\.+$)[\w.:-]{1,256}$/);
      const status = await viddyscribe.poll({ id: "j", operation: "video" }, wire).catch(() => undefined);
      if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
      if (status?.state === "running" && status.progress !== undefined)
        expect(status.progress >= 0 && status.progress <= 1).toBe(true);
      if (status?.state === "done")
        for (const { source } of status.outputs)
          expect("text" in source || /^https?:\/\//i.test(source.url)).toBe(true);
      await outcomeOf(viddyscribe.submit(request, wire));
      await outcomeOf(viddyscribe.poll({ id: "j", operation: "video" }, wire));
      for (const operation of ["text", "audio"]) await outcomeOf(viddyscribe.poll({ id: "j", operation }, wire));
      for (const upload of [file, large]) {
        const sent = await viddyscribe.upload?.send(upload, wire).catch(() => undefined);
        if (sent?.state === "usable") expect(sent.value).toMatch(/^media:(?!\.+$)[\w.:-]{1,256}$/);
      }
      await outcomeOf(viddyscribe.upload?.check?.({ media_id: "m" }, wire) ?? Promise.resolve());
      const meaning = viddyscribe.meaning?.(409, reply);
      if (meaning?.refused === true) expect(meaning.class).toMatch(/^(?:rate|invalid)$/);
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});
