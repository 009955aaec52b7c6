import { photogpt } from "../../src/providers/photogpt/photogpt.ts";
import { noAnswerBreaks } from "./answers.ts";

const names = ["result", "status", "jobId", "jobID", "id", "videos", "images", "url", "error", "message", "err"].concat(
  ["percentComplete", "progress", "data", "prompt", "modelID", "createdAt", "reason", "items"],
);
const words = [
  "success",
  "FAILED ",
  "running",
  "ready",
  "inprogress",
  "NOK",
  "insufficient credits",
  "https://a.example/x.m3u8",
];

noAnswerBreaks({
  provider: photogpt,
  names,
  words,
  request: { operation: "generate", with: { modelID: "success", prompt: "success" }, metadata: {} },
  // A playlist is no file.
  address: /^https?:\/\/.*(?<!m3u8)$/i,
});
