import { expect, test } from "vitest";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import { answering, noAnswerBreaks } from "./answers.ts";

const names = ["runId", "id", "model", "data", "status", "output", "video", "videos", "url", "urls", "videoUrl"].concat(
  ["cost", "paymentSource", "error", "message", "code", "type", "isNSFWError", "userFriendlyError", "progress"],
  ["createdAt", "usd_balance", "nano_balance", "supported_parameters", "parameters", "duration", "options", "value"],
  ["pricing", "per_video", "capabilities", "image_to_video", "min", "max", "step"],
);
const words = ["COMPLETED", "failed ", "generating", "USD", "/api/generate-video/content?runId=1", "//evil.example/"];

noAnswerBreaks({
  provider: nanogpt,
  names,
  words,
  request: { operation: "generate", with: { model: "veo2-video", prompt: "x" }, metadata: {} },
  address: /^(?:https?:\/\/|\/(?!\/))/i,
});

test.each([
  ["veo2-video", "veo2-video"],
  ["maker/model-1.5:fast", "maker/model-1.5:fast"],
  ["../../etc", "asked-for"],
  ["maker/../model", "asked-for"],
  ["//evil.example/x", "asked-for"],
  ["maker/", "asked-for"],
])("an answer's model %j is kept as %j", async (model, kept) => {
  const request = { operation: "generate", with: { model: "asked-for", prompt: "x" }, metadata: {} };
  const { job } = await nanogpt.submit(request, answering({ runId: "r1", model }));
  expect(job.model).toBe(kept);
});
