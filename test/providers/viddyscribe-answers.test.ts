import { expect } from "vitest";
import { viddyscribe } from "../../src/providers/viddyscribe/viddyscribe.ts";
import { noAnswerBreaks, outcomeOf } from "./answers.ts";

const names = ["job_id", "jobId", "id", "media_id", "data", "status", "output", "segments", "items", "format"].concat(
  ["video_signed_url", "audio_signed_url", "result_url", "content", "vtt", "start", "end_time", "text", "description"],
  ["error", "error_code", "code", "message", "upload_status", "upload_url", "canonical_media_id", "gcs_path"],
  ["retry_after"],
);
const words = ["completed", "done", "FAILED ", "queued", "no_video_stream", "upload_not_ready"];

const file = { name: "a.mp4", mediaType: "video/mp4", bytes: new Uint8Array(1), sha256: "0" };
const large = { ...file, bytes: new Uint8Array(32_000_000) };

noAnswerBreaks({
  provider: viddyscribe,
  names,
  words,
  request: {
    operation: "video",
    with: { input: "media:m-1", format: "json", ad_type: "standard_ad" },
    metadata: {},
  },
  jobs: ["video", "text", "audio"].map((operation) => ({ id: "j", operation })),
  also: async (reply, wire) => {
    for (const upload of [file, large]) {
      const sent = await outcomeOf(viddyscribe.upload?.send(upload, wire) ?? Promise.resolve(undefined));
      if (sent?.state === "usable") expect(sent.value).toMatch(/^media:(?!\.+$)[\w.:-]{1,256}$/);
    }
    await outcomeOf(viddyscribe.upload?.check?.({ media_id: "m" }, wire) ?? Promise.resolve(undefined));
    const meaning = viddyscribe.meaning?.(409, reply);
    if (meaning?.refused === true) expect(meaning.class).toMatch(/^(?:rate|invalid)$/);
  },
});
