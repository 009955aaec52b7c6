import type { JobStatus } from "../model/job.ts";
import type { SubmittedAttempt } from "../model/journal.ts";
import type { Output } from "../model/output.ts";
import type { Unit } from "../model/unit.ts";
import { note } from "./news.ts";
import type { Connection, Run } from "./ports.ts";

/** Brings every file of a finished job into the store. A video's poster comes along, or does not, and why is told. */
export async function collect(
  unit: Unit,
  attempt: SubmittedAttempt,
  status: Extract<JobStatus, { state: "done" }>,
  connection: Connection,
  run: Run,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const remote of status.outputs) {
    await note(run, unit, { kind: "fetching", role: remote.role });
    const kept = await run.ports.files.keep(unit, attempt.job, remote, connection);
    const { poster, withoutPoster, ...output } = kept;
    outputs.push(output, ...(poster === undefined ? [] : [poster]));
    if (withoutPoster !== undefined) await note(run, unit, { kind: "trouble", text: withoutPoster });
  }
  return outputs;
}
