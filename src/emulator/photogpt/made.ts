import { isDone, type Job, type Jobs } from "../jobs.ts";
import { videoKinds } from "./submit.ts";

/** A finished video of a job. */
export interface Made {
  readonly job: Job;
  readonly id: string;
  /** Which of the job's videos it is, from 1. */
  readonly nth: number;
}

/** The videos of a job, once it is done. */
export function madeBy(job: Job, now: number): readonly Made[] {
  if (!isDone(job, now)) return [];
  return videoKinds.flatMap((kind, index) => {
    const id = job.ids[kind];
    return id === undefined ? [] : [{ job, id, nth: index + 1 }];
  });
}

export function findMade(id: string, jobs: Jobs, now: number): Made | undefined {
  const job = videoKinds.map((kind) => jobs.find(kind, id)).find((one) => one !== undefined);
  return job === undefined ? undefined : madeBy(job, now).find((made) => made.id === id);
}
