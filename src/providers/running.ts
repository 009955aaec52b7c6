import type { JobStatus } from "../model/job.ts";
import { oneLine } from "../model/text.ts";

/** Not ended as far as `word` says. One that `known` does not have is told: it is no end, and somebody should look. */
export const running = (provider: string, word: string, known: ReadonlySet<string>, progress?: number): JobStatus => ({
  state: "running",
  ...(progress === undefined ? {} : { progress }),
  ...(known.has(word) ? {} : { note: `${provider} says "${oneLine(word, 40)}", which is new to us` }),
});
