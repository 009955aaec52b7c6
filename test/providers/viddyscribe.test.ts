import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { decimal, usd } from "../../src/model/money.ts";
import type { Multipart, Read, Upload, Wire } from "../../src/model/provider.ts";
import type { Input, Request } from "../../src/model/unit.ts";
import { viddyscribe } from "../../src/providers/viddyscribe/viddyscribe.ts";
import { contract } from "./contract.ts";
import { factsWith } from "./facts.ts";

const film: Input = { asset: "tour.mp4", sha256: "0", bytes: 1, mediaType: "video/mp4" };
const request = (operation: string, fields: { readonly [name: string]: Input } = {}): Request => ({
  operation,
  with: { input: film, format: "json", ...fields },
});
const known = (seconds: number | undefined, perCredit: string | undefined = "2") =>
  factsWith({
    seconds: (input) => (input === film ? seconds : undefined),
    prices: perCredit === "" ? {} : { credit: { perCredit: usd(perCredit) } },
  });

contract({
  provider: viddyscribe,
  recordings: new URL("../fixtures/viddyscribe/", import.meta.url),
  request: request("video"),
  facts: known(90),
  owes: [
    ...["queued", "processing", "400", "409", "409-other", "413", "415", "500", "404-media"],
    ...["unauthorized", "feature_not_available", "video_too_long", "file_too_large", "limit_reached"],
    ...["upload_not_ready", "upload_failed", "no_video_stream", "plan_limit_exceeded"],
    ...["rate_limit_exceeded", "concurrency_limit_exceeded", "queue_limit_exceeded"],
    ...["video_signed_url", "audio_signed_url", "result_url", "segments", "items", "vtt", "srt", "edl"],
    ...["no-url", "error_code", "error-prose", "upload-processing", "upload-completed", "upload-failed", "canonical"],
    ...[],
  ],
});

describe("what ViddyScribe charges", () => {
  const price = (of: Request, seconds: number | undefined, perCredit?: string): string => {
    const estimate = viddyscribe.estimate(of, known(seconds, perCredit));
    if (estimate.kind === "exact") return decimal(estimate.amount);
    return estimate.kind === "range" ? `${decimal(estimate.low)} to ${decimal(estimate.high)}` : estimate.because;
  };
  const ready = { description_content: "A chart." };

  test.each<readonly [string, { readonly [name: string]: Input }, number, string]>([
    ["video", {}, 60, "2.00"],
    ["video", {}, 600, "20.00"],
    ["video", {}, 90, "3.00 to 4.00"],
    ["video", {}, 61, "2.033333 to 4.00"],
    ["video", { ad_type: "extended_ad" }, 120, "4.00"],
    ["video", ready, 120, "2.00"],
    ["video", { extra: ready }, 120, "2.00"],
    ["audio", {}, 120, "3.00"],
    ["audio", {}, 90, "2.25 to 3.00"],
    ["audio", ready, 60, "0.50 to 1.50"],
    ["text", {}, 120, "2.00"],
    ["text", {}, 0.5, "0.008333 to 1.00"],
  ])("%s with %j, of %d seconds, costs %s at 2 dollars a credit", (operation, fields, seconds, expected) => {
    expect(price(request(operation, fields), seconds)).toBe(expected);
  });

  test("is not known where the source's length is not, and where nobody said what a credit costs", () => {
    expect(price(request("video"), undefined)).toBe("nobody here knows how long the source is");
    expect(price(request("video", { input: "https://films.example/a.mp4" }), 60)).toMatch(/how long/);
    expect(price(request("video"), 90, "")).toBe(
      "it takes 1.5 to 2 credits, and providers.viddyscribe.prices.credit.perCredit does not say what one costs",
    );
    expect(price(request("text"), 120, "")).toMatch(/^it takes 1 credit, and /);
  });

  test("is by the source's length, which is what a policy is told of", () => {
    for (const operation of ["text", "audio", "video"])
      expect(viddyscribe.seconds?.(request(operation), known(90))).toBe(90);
    expect(viddyscribe.seconds?.(request("video"), known(undefined))).toBeUndefined();
  });
});

test("only a 409 says by its code that nothing began", () => {
  const reply = { error: "Still being checked", code: "upload_not_ready" };
  expect(viddyscribe.meaning?.(409, reply)).toEqual({ class: "rate", refused: true, retryAfter: 5_000 });
  expect(viddyscribe.meaning?.(503, reply)).toEqual({ class: "rate", retryAfter: 5_000 });
});

describe("a file too large for one piece", () => {
  interface Asked {
    readonly path: string;
    readonly body: Json | Multipart;
  }
  /** Answers by path, as the real wire would. */
  function wire(answers: { readonly [path: string]: Json }) {
    const asked: Asked[] = [];
    const answer = async <T>(path: string, body: Json | Multipart, read: Read<T>): Promise<T> => {
      asked.push({ path, body });
      return read(answers[path.replace("/enterprise/api/", "")] ?? null);
    };
    const open: Wire = {
      get: (path, read) => answer(path, null, read),
      post: answer,
      patch: answer,
      delete: (path, read) => answer(path, null, read),
      async put(url, bytes, mediaType) {
        asked.push({ path: url, body: `${bytes.length} ${mediaType}` });
      },
    };
    return { asked, open };
  }
  const file = (length: number): Upload => ({
    name: "tour.mp4",
    mediaType: "video/mp4",
    bytes: new Uint8Array(length),
    sha256: "0",
  });
  const signed = {
    media_id: "m-1",
    upload_url: "https://s.example/up?sig=a",
    gcs_path: "p/1",
    content_type: "video/x",
  };

  test("is announced, put where it was told to with the type that was signed, and told of", async () => {
    const { asked, open } = wire({
      upload_media: signed,
      notify_upload_complete: { media_id: "m-1", upload_status: "processing" },
    });
    expect(await viddyscribe.upload?.send(file(31_900_001), open)).toEqual({
      state: "checking",
      names: { media_id: "m-1", gcs_path: "p/1" },
    });
    expect(asked).toEqual([
      {
        path: "/enterprise/api/upload_media",
        body: { input: { type: "signed_url", filename: "tour.mp4", content_type: "video/mp4" } },
      },
      { path: "https://s.example/up?sig=a", body: "31900001 video/x" },
      { path: "/enterprise/api/notify_upload_complete", body: { media_id: "m-1", gcs_path: "p/1" } },
    ]);
  });

  test("may be of use as soon as it was told of, by another id", async () => {
    const { open } = wire({
      upload_media: { media_id: "m-1", upload_url: "https://s.example/up" },
      notify_upload_complete: { upload_status: "completed", canonical_media_id: "m-0" },
    });
    expect(await viddyscribe.upload?.send(file(40_000_000), open)).toEqual({ state: "usable", value: "media:m-0" });
  });

  test("goes in one piece where it is small enough, and once for all that is made of it", async () => {
    const { asked, open } = wire({ upload_media: { media_id: "m-1" } });
    await viddyscribe.upload?.send(file(31_900_000), open);
    expect(asked).toMatchObject([{ body: { fields: { input: '{"type":"file"}' }, file: { name: "tour.mp4" } } }]);
    expect(viddyscribe.upload?.shared).toBe(true);
  });
});
