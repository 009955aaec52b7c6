import type { JobStatus } from "../model/job.ts";
import type { SubmittedAttempt } from "../model/journal.ts";
import type { Output } from "../model/output.ts";
import type { Followed } from "./follow.ts";
import type { Connection, Picture, Run } from "./ports.ts";

/** What a finished job is kept as: its files, and the pictures of them that are under way. */
export interface Collected {
  readonly outputs: readonly Output[];
  readonly pictures: readonly Promise<Picture>[];
}

/** Brings every file of a finished job into the store. */
export async function collect(
  job: Followed,
  attempt: SubmittedAttempt,
  status: Extract<JobStatus, { state: "done" }>,
  connection: Connection,
  run: Run,
): Promise<Collected> {
  const outputs: Output[] = [];
  const pictures: Promise<Picture>[] = [];
  for (const remote of status.outputs) {
    await job.note({ kind: "fetching", role: remote.role });
    const { picture, ...output } = await run.ports.files.keep(job.id, attempt.job, remote, connection);
    outputs.push(output);
    if (picture !== undefined) pictures.push(picture);
  }
  return { outputs, pictures };
}

/** The posters that came of it. A video is no less a result without one, and why is told. */
export async function postersIn(job: Followed, pictures: Collected["pictures"]): Promise<readonly Output[]> {
  const posters: Output[] = [];
  for (const { poster, withoutPoster } of await Promise.all(pictures)) {
    if (poster !== undefined) posters.push(poster);
    if (withoutPoster !== undefined) await job.note({ kind: "trouble", text: withoutPoster });
  }
  return posters;
}
