import type { Connection } from "../../../src/apply/ports.ts";
import { instant, type Random } from "../../../src/model/clock.ts";
import type { FailureClass, Found, Job, JobStatus } from "../../../src/model/job.ts";
import type { DurableIntent } from "../../../src/model/journal.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Limits, PaidWire, Provider, Wire } from "../../../src/model/provider.ts";
import type { Digest } from "../../../src/model/unit.ts";
import { type Outcome, ProviderError } from "../../../src/providers/error.ts";
import { type Faults, noFaults } from "./faults.ts";
import type { Past } from "./history.ts";
import { Life, type Scheduler } from "./scheduler.ts";
import { Uploads } from "./uploads.ts";

/** A request that was taken on, and so paid for. */
export interface ServerJob {
  readonly job: Job;
  readonly prompt: string;
  readonly digest: Digest;
  readonly createdAt: number;
  readonly endsAt: number;
  readonly fails: boolean;
  /** The run that sent it; one without a number where that was before the story began. */
  readonly sender: Life;
  /** The claim that it was sent on. */
  readonly attempt: string;
  readonly claimedAt: string;
  /** When it was sent, in moves of all journals. */
  readonly sentAt: number;
  /** What the file was that the request names: a sha256, or why there was none. */
  readonly file: string | undefined;
  /** Whether the answer reached that run while it lived. */
  heard: boolean;
}

/** What is known of a request when it leaves. */
type Sent = Omit<ServerJob, "job" | "createdAt" | "endsAt" | "fails" | "heard">;

/** What a provider is from far away: it takes requests on, lists them a little late, and finishes them in its own time. */
export class SimulatedProvider {
  readonly jobs: ServerJob[] = [];
  readonly uploads = new Uploads((fault) => this.#chance(fault));
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  #faults: Faults;

  constructor(scheduler: Scheduler, faults: Faults) {
    this.#scheduler = scheduler;
    this.#faults = faults;
    this.#random = scheduler.random;
  }

  /** From here on nothing goes wrong any more. */
  calm(): void {
    this.#faults = noFaults;
  }

  /** How often each request was taken on, by its prompt. */
  accepted(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { prompt } of this.jobs) counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
    return counts;
  }

  /** Whether a file can be fetched and kept now. */
  delivers(): boolean {
    return !this.#chance("storeTrouble");
  }

  #chance(fault: keyof Faults): boolean {
    return this.#random() < this.#faults[fault];
  }

  #create(sent: Sent): ServerJob {
    const { now } = this.#scheduler;
    const nth = this.jobs.length + 1;
    const made: ServerJob = {
      ...sent,
      job: { id: `job-${nth}`, video: `video-${nth}` },
      createdAt: now,
      endsAt: now + 20_000 + this.#random() * 60_000,
      fails: this.#chance("jobFails"),
      heard: false,
    };
    this.jobs.push(made);
    return made;
  }

  /** A request that it took on before the story began. */
  remember({ job, unit, createdAt, fails }: NonNullable<Past["job"]>): void {
    const sent = {
      attempt: `${job.id}`.replace("job of ", ""),
      claimedAt: instant(createdAt),
      sentAt: 0,
      file: undefined,
    };
    const sender = new Life(this.#scheduler, 0);
    const { digest, request } = unit;
    const prompt = String(request.with.prompt);
    this.jobs.push({
      ...sent,
      job,
      prompt,
      digest,
      createdAt,
      endsAt: createdAt + 60_000,
      fails,
      sender,
      heard: false,
    });
  }

  /** The connection of one run. What it sends keeps happening when the run dies. `moment` counts the moves of all journals. */
  connect(life: Life, moment: () => number, sharedUploads: boolean): Connection {
    const provider: Provider = {
      name: "golpo",
      secret: "GOLPO_API_KEY",
      baseUrlVariable: "GOLPO_BASE_URL",
      baseUrl: "https://simulated.invalid",
      limits,
      headers: () => ({}),
      upload: this.uploads.of(life, sharedUploads),
      estimate: () => ({ kind: "unknown", because: "simulated" }),
      submit: (request, wire) => wire.post("/generate", request.with, (reply) => ({ job: reply as Job })),
      poll: (job) => life.outside(() => this.#status(job)),
      search: {
        traits: ({ with: { prompt } }) => ({ prompt: String(prompt) }),
        find: ({ traits, claimedAt }) => life.outside(() => this.#list(String(traits.prompt), claimedAt)),
      },
    };
    const paid = (intent: DurableIntent): PaidWire => ({
      post: async (_path, body, read) => {
        const { prompt, image } = body as JsonObject;
        const { digest, attempt } = intent;
        const claim = { attempt: attempt.id, claimedAt: attempt.claimedAt, sentAt: moment() };
        const sent: Sent = { prompt: String(prompt), digest, sender: life, ...claim, file: this.#fileAt(image) };
        return read({ ...(await this.#submit(sent, intent, life)) });
      },
    });
    return { provider, limits, wire: unusedWire, paid };
  }

  /** As the one function that sends paid requests: in time for its claim or not at all, and no longer than its deadline. */
  async #submit(sent: Sent, { validUntil }: DurableIntent, life: Life): Promise<Job> {
    const { scheduler } = life;
    if (life.clock.now() >= validUntil) throw trouble("not-sent", "notSent", "the claim ran out");
    if (this.#chance("unreachable")) throw trouble("not-sent", "notSent", "connect ECONNREFUSED");
    await life.alive(scheduler.after(this.#random() * 50));
    if (this.#chance("rateLimit")) throw trouble("rate", "refused", "429 slow down", 429, 2_000);
    if (this.#chance("longPause")) throw trouble("rate", "refused", "429 come back", 429, this.#random() * 900_000);
    if (this.#chance("outOfCredit")) throw trouble("quota", "refused", "402 no credit", 402);
    if (this.#chance("lostRequest")) {
      await life.alive(scheduler.after(this.#random() * 100));
      throw trouble("unknown", "unknown", "socket hang up");
    }
    // The request is on its way: the run's death from here on does not call it back.
    const arrived = scheduler.after(this.#random() * longestWay).then(() => this.#create(sent));
    const answered = arrived.then(async (made) => {
      await scheduler.after(this.#random() * 200 + (this.#chance("lateAnswer") ? limits.submitDeadline : 0));
      return this.#chance("lostAnswer") ? undefined : made;
    });
    const late = scheduler.after(limits.submitDeadline).then(() => undefined);
    const heard = await life.alive(Promise.race([answered, late]));
    if (heard === undefined) throw trouble("unknown", "unknown", "socket hang up");
    heard.heard = true;
    return heard.job;
  }

  #fileAt(address: unknown): string | undefined {
    if (address === undefined) return undefined;
    const file = this.uploads.at(address);
    if (file === undefined) return "a file that nobody sent";
    return file.usable ? file.sha256 : "a part of a file";
  }

  #status(job: Job): JobStatus {
    if (this.#chance("bug")) throw new TypeError("a bug of ours");
    if (this.#chance("pollTrouble")) throw trouble("provider", "unknown", "502 bad gateway", 502);
    const known = this.jobs.find((one) => [one.job.id, one.job.video].includes(job.id));
    const young = known !== undefined && this.#scheduler.now < known.createdAt + mostReplicaLag;
    if (known === undefined || (young && this.#chance("replicaLag"))) {
      throw trouble("expired", "refused", "404 no such job", 404);
    }
    if (this.#scheduler.now < known.endsAt) return { state: "running" };
    if (known.fails) return { state: "failed", class: "provider", message: "the render crashed" };
    return { state: "done", outputs: [{ role: "video", source: { url: `https://simulated.invalid/${job.id}.mp4` } }] };
  }

  /** Like Golpo's, this list names videos and not jobs, and tells apart what is older than the claim. */
  #list(prompt: string, claimedAt: string): Found {
    if (this.#chance("pollTrouble")) throw trouble("provider", "unknown", "502 bad gateway", 502);
    const since = Date.parse(claimedAt) - skew;
    const fitting = this.jobs
      .filter((one) => one.prompt === prompt && one.createdAt + listLag <= this.#scheduler.now)
      .map(({ job: { video = "" }, createdAt }) => ({
        job: { id: video, video },
        createdAt: instant(createdAt),
        early: createdAt < since,
      }));
    const early = fitting.filter((one) => one.early);
    return {
      candidates: fitting.filter((one) => !one.early),
      ...(early.length === 0 ? {} : { early }),
      complete: true,
    };
  }
}

/** How long a new job is missing from the list. With the longest way that is all that the limits say. */
const listLag = 6_000;
const longestWay = 4_000;
const mostReplicaLag = 20_000;
/** How much earlier than ours the provider's clock is taken to stand. */
const skew = 120_000;

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
