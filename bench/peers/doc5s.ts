import { report } from "./report.ts";
import { api, order, prompts, sleep } from "./setting.ts";

/** The batch and polling examples of one API's guide, as written: all at once, every 5 s, at most 120 times. */
async function pollVideoStatus(id: string): Promise<string> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const response = await fetch(`${api}/status/${id}`);
    const result = (await response.json()) as { status: string; video_url: string; error?: string };
    if (result.status === "completed") return result.video_url;
    if (result.status === "failed") throw new Error(result.error ?? "Video generation failed");
    await sleep(5_000);
  }
  throw new Error("Video generation timed out");
}

await report(async () => {
  const requests = await Promise.all(
    prompts.map(async (prompt) => (await (await fetch(`${api}/generate`, order(prompt))).json()) as { job_id: string }),
  );
  const videos = await Promise.all(requests.map(({ job_id }) => pollVideoStatus(job_id)));
  return videos.length;
});
