import pLimit from "p-limit";
import { report } from "./report.ts";
import { api, order, prompts, setting, sleep } from "./setting.ts";

/** What a careful user writes: as many at once as the account runs, every 5 s, three tries at each request. */
async function patiently<T>(ask: () => Promise<Response>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const response = await ask().catch(() => undefined);
    if (response?.ok === true) return (await response.json()) as T;
    await response?.text();
    if (tried === 3) throw new Error(`HTTP ${response?.status ?? "without an answer"}`);
    await sleep(1_000 * tried);
  }
}

await report(async () => {
  const limit = pLimit(setting.concurrency);
  const ends = await Promise.allSettled(
    prompts.map((prompt) =>
      limit(async () => {
        const { job_id } = await patiently<{ job_id: string }>(() => fetch(`${api}/generate`, order(prompt)));
        for (;;) {
          const job = await patiently<{ status: string }>(() => fetch(`${api}/status/${job_id}`));
          if (job.status === "completed") return;
          if (job.status === "failed") throw new Error("failed");
          await sleep(5_000);
        }
      }),
    ),
  );
  return ends.filter(({ status }) => status === "fulfilled").length;
});
