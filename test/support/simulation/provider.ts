import type { Connection } from "../../../src/apply/ports.ts";
import { instant, type Random } from "../../../src/model/clock.ts";
import type { Candidate, FailureClass, Job, JobStatus } from "../../../src/model/job.ts";
import type { DurableIntent } from "../../../src/model/journal.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Limits, PaidWire, Provider, Wire } from "../../../src/model/provider.ts";
import { type Outcome, ProviderError } from "../../../src/providers/error.ts";
import type { Life, Scheduler } from "./scheduler.ts";

export interface Faults {
  /** The request never arrives and the connection breaks: nobody can tell. */
  readonly lostRequest: number;
  /** The request is taken on and the answer is lost. */
  readonly lostAnswer: number;
  readonly rateLimit: number;
  readonly unreachable: number;
  readonly pollTrouble: number;
  readonly jobFails: number;
  /** A mistake of ours in the translation, met while a job is followed. */
  readonly bug: number;
}

export const noFaults: Faults = {
  lostRequest: 0,
  lostAnswer: 0,
  rateLimit: 0,
  unreachable: 0,
  pollTrouble: 0,
  jobFails: 0,
  bug: 0,
};

interface ServerJob {
  readonly job: Job;
  readonly prompt: string;
  readonly createdAt: number;
  readonly endsAt: number;
  readonly fails: boolean;
}

/** What a provider is from far away: it takes requests on, lists them a little late, and finishes them in its own time. */
export class SimulatedProvider {
  readonly jobs: ServerJob[] = [];
  readonly #scheduler: Scheduler;
  readonly #faults: Faults;
  readonly #random: Random;

  constructor(scheduler: Scheduler, faults: Faults) {
    this.#scheduler = scheduler;
    this.#faults = faults;
    this.#random = scheduler.random;
  }

  /** How often each request was taken on, by its prompt. */
  accepted(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { prompt } of this.jobs) counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
    return counts;
  }

  #chance(rate: number): boolean {
    return this.#random() < rate;
  }

  #create(prompt: string): Job {
    const { now } = this.#scheduler;
    const job = { id: `job-${this.jobs.length + 1}`, video: `video-${this.jobs.length + 1}` };
    const endsAt = now + 20_000 + this.#random() * 60_000;
    this.jobs.push({ job, prompt, createdAt: now, endsAt, fails: this.#chance(this.#faults.jobFails) });
    return job;
  }

  /** The connection of one run. What it sends keeps happening when the run dies. */
  connect(life: Life): Connection {
    const faults = this.#faults;
    const submit = async (prompt: string): Promise<Job> => {
      if (this.#chance(faults.unreachable)) throw trouble("not-sent", "notSent", "connect ECONNREFUSED");
      await life.alive(life.scheduler.after(this.#random() * 50));
      if (this.#chance(faults.rateLimit)) throw trouble("rate", "refused", "429 slow down", 429, 2_000);
      if (this.#chance(faults.lostRequest)) {
        await life.alive(life.scheduler.after(this.#random() * 100));
        throw trouble("unknown", "unknown", "socket hang up");
      }
      // The request is on its way: the run's death from here on does not call it back.
      const arrived = life.scheduler.after(this.#random() * 200).then(() => this.#create(prompt));
      const job = await life.alive(arrived);
      await life.alive(life.scheduler.after(this.#random() * 200));
      if (this.#chance(faults.lostAnswer)) throw trouble("unknown", "unknown", "socket hang up");
      return job;
    };
    const provider: Provider = {
      name: "golpo",
      secret: "GOLPO_API_KEY",
      baseUrlVariable: "GOLPO_BASE_URL",
      baseUrl: "https://simulated.invalid",
      limits,
      headers: () => ({}),
      estimate: () => ({ kind: "unknown", because: "simulated" }),
      submit: (request, wire) => wire.post("/generate", request.with, (reply) => ({ job: reply as Job })),
      poll: (job) => life.outside(() => this.#status(job)),
      find: ({ request, claimedAt }) => life.outside(() => this.#list(String(request.with.prompt), claimedAt)),
    };
    const paid = (_intent: DurableIntent): PaidWire => ({
      post: async (_path, body, read) => {
        const job = await submit(String((body as JsonObject).prompt));
        return read({ ...job });
      },
    });
    return { provider, limits, wire: unusedWire, paid };
  }

  #status(job: Job): JobStatus {
    if (this.#chance(this.#faults.bug)) throw new TypeError("a bug of ours");
    if (this.#chance(this.#faults.pollTrouble)) throw trouble("provider", "unknown", "502 bad gateway", 502);
    const known = this.jobs.find((one) => [one.job.id, one.job.video].includes(job.id));
    if (known === undefined) throw trouble("expired", "refused", "404 no such job", 404);
    if (this.#scheduler.now < known.endsAt) return { state: "running" };
    if (known.fails) return { state: "failed", class: "provider", message: "the render crashed" };
    return { state: "done", outputs: [{ role: "video", source: { url: `https://simulated.invalid/${job.id}.mp4` } }] };
  }

  #list(prompt: string, claimedAt: string): { candidates: readonly Candidate[]; complete: boolean } {
    if (this.#chance(this.#faults.pollTrouble)) throw trouble("provider", "unknown", "502 bad gateway", 502);
    const since = Date.parse(claimedAt) - 1_000;
    const visible = this.jobs.filter(
      ({ createdAt }) => createdAt + listLag <= this.#scheduler.now && createdAt >= since,
    );
    const fitting = visible.filter((one) => one.prompt === prompt);
    return {
      // Like Golpo's, this list names videos and not jobs.
      candidates: fitting.map(({ job: { video = "" }, createdAt }) => ({
        job: { id: video, video },
        createdAt: instant(createdAt),
      })),
      complete: true,
    };
  }
}

/** How long a new job is missing from the list. The limits say twice that, as a provider's translation must. */
const listLag = 5_000;

const limits: Limits = {
  slots: 3,
  submitsPerMinute: 600,
  poll: { first: 5_000, least: 1_000, most: 30_000 },
  visibleAfter: 10_000,
  submitDeadline: 30_000,
};

const trouble = (
  failure: FailureClass,
  outcome: Outcome,
  message: string,
  status?: number,
  retryAfter?: number,
): ProviderError => new ProviderError(message, { class: failure, outcome, status, retryAfter });

const unused = (): never => {
  throw new Error("the simulated provider speaks for itself");
};
const unusedWire: Wire = { get: unused, post: unused, patch: unused, delete: unused, put: unused };
