import { report } from "./report.ts";
import { api, order, prompts, sleep } from "./setting.ts";

/** Another guide's `waitForJob`, as written: every 8 s for as long as it takes, and any strange answer ends it. */
async function waitForJob(id: string): Promise<string> {
  while (true) {
    const response = await fetch(`${api}/status/${id}`);
    if (!response.ok) throw new Error(await response.text());
    const job = (await response.json()) as { status: string };
    if (!["created", "queued", "generating"].includes(job.status)) return job.status;
    await sleep(8_000);
  }
}

await report(async () => {
  const ends = await Promise.all(
    prompts.map(async (prompt) => {
      const response = await fetch(`${api}/generate`, order(prompt));
      if (!response.ok) throw new Error(await response.text());
      return waitForJob(((await response.json()) as { job_id: string }).job_id);
    }),
  );
  return ends.filter((end) => end === "completed").length;
});
