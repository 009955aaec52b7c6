/** How often what goes wrong between a run and a provider, each as a part of 1. */
export interface Faults {
  /** The request never arrives and the connection breaks: nobody can tell. */
  readonly lostRequest: number;
  /** The request is taken on and the answer is lost. */
  readonly lostAnswer: number;
  /** The request is taken on, and its answer comes after any deadline of ours. */
  readonly lateAnswer: number;
  readonly rateLimit: number;
  /** A 429 that asks for minutes. */
  readonly longPause: number;
  readonly outOfCredit: number;
  readonly unreachable: number;
  readonly pollTrouble: number;
  readonly jobFails: number;
  /** A new job that the place which is asked about jobs has not heard of yet. */
  readonly replicaLag: number;
  /** A finished file that cannot be fetched, or kept, now. */
  readonly storeTrouble: number;
  /** A file that a request needs is refused, or lost on its way, or looked at for a long time. */
  readonly uploadRefused: number;
  readonly uploadLost: number;
  readonly uploadSlow: number;
  /** A mistake of ours in the translation, met while a job is followed. */
  readonly bug: number;
}

export const noFaults: Faults = {
  lostRequest: 0,
  lostAnswer: 0,
  lateAnswer: 0,
  rateLimit: 0,
  longPause: 0,
  outOfCredit: 0,
  unreachable: 0,
  pollTrouble: 0,
  jobFails: 0,
  replicaLag: 0,
  storeTrouble: 0,
  uploadRefused: 0,
  uploadLost: 0,
  uploadSlow: 0,
  bug: 0,
};
