import type { JobStatus } from "../model/job.ts";
import type { SubmittedAttempt } from "../model/journal.ts";
import type { Output } from "../model/output.ts";
import type { Followed } from "./follow.ts";
import type { Connection, Run } from "./ports.ts";

/** Brings every file of a finished job into the store. A video's poster comes along, or does not, and why is told. */
export async function collect(
  job: Followed,
  attempt: SubmittedAttempt,
  status: Extract<JobStatus, { state: "done" }>,
  connection: Connection,
  run: Run,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const remote of status.outputs) {
    await job.note({ kind: "fetching", role: remote.role });
    const kept = await run.ports.files.keep(job.id, attempt.job, remote, connection);
    const { poster, withoutPoster, ...output } = kept;
    outputs.push(output, ...(poster === undefined ? [] : [poster]));
    if (withoutPoster !== undefined) await job.note({ kind: "trouble", text: withoutPoster });
  }
  return outputs;
}
