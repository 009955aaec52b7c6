import { golpo } from "../../src/providers/golpo/golpo.ts";
import { noAnswerBreaks } from "./answers.ts";

const names = ["job_id", "jobId", "id", "video_id", "video", "data", "result", "status", "state", "progress"].concat(
  ["video_url", "podcast_url", "script", "error", "message", "detail", "videos", "total", "prompt", "created_at"],
  ["title", "is_public", "thumbnail_url"],
);
const words = ["completed", "FAILED ", "generating"];

noAnswerBreaks({
  provider: golpo,
  names,
  words,
  request: { operation: "generate", with: { prompt: "x" }, metadata: {} },
});
