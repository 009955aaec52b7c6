import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { door, type Manner } from "./door.ts";
import { type Spread, timeOf } from "./service-time.ts";
import { type Counts, statistics } from "./statistics.ts";
import { Account, type Work } from "./work.ts";

/** What `server/start.ts` hands over. Times are those of the run, so already divided by `speed`. */
export interface ServerOptions extends Manner {
  readonly slots: number;
  readonly time: Spread;
  readonly seed: number;
  /** How many times as fast as in life everything goes, for clients that ask. */
  readonly speed: number;
  /** The film that every finished job gives. */
  readonly film: string;
}

const options = JSON.parse(process.argv[2] ?? "{}") as ServerOptions;
const { slots, time, seed, speed } = options;
const film = readFileSync(options.film);
const account = new Account(slots);
const refusal = door(options);
const counts: Counts = { submits: 0, refused: 0, polls: 0 };
let began: number | undefined;
const videos = "/golpo/api/v1/videos";

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const bytes = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(bytes),
    ...headers,
  });
  response.end(bytes);
}

async function submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt } = JSON.parse(await text(request)) as { readonly prompt: string };
  const now = performance.now();
  account.advance(now);
  began ??= now;
  counts.submits += 1;
  const wait = refusal(now, account.full);
  if (wait === undefined) {
    const job = account.accept(prompt, timeOf(prompt, time, seed), now);
    answer(response, 200, { job_id: job.id, video_id: `video-${job.id}` });
    return;
  }
  counts.refused += 1;
  const error = { error: "too many requests", retry_after: wait / 1_000 };
  answer(response, 429, error, { "retry-after": String(Math.max(1, Math.ceil(wait / 1_000))) });
}

function status(job: Work, response: ServerResponse, now: number): void {
  counts.polls += 1;
  if (job.ended === undefined) {
    answer(response, 200, { job_id: job.id, status: job.begun === undefined ? "queued" : "generating" });
    return;
  }
  job.seen ??= now;
  const { port } = server.address() as AddressInfo;
  answer(response, 200, {
    job_id: job.id,
    status: "completed",
    video_url: `http://127.0.0.1:${port}/film.mp4`,
    error: undefined,
  });
}

const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
  const { method, url = "" } = request;
  const now = performance.now();
  account.advance(now);
  if (method === "POST" && url === `${videos}/generate`) {
    void submit(request, response);
    return;
  }
  const job = url.startsWith(`${videos}/status/`) ? account.jobs.get(url.slice(videos.length + 8)) : undefined;
  if (job !== undefined) status(job, response, now);
  else if (url === "/film.mp4")
    response.writeHead(200, { "content-type": "video/mp4", "content-length": film.length }).end(film);
  else if (url === "/__emulator") answer(response, 200, { speed });
  else if (url.startsWith(`${videos}?`)) answer(response, 200, { videos: [], total: 0 });
  else answer(response, 404, { detail: "no such route" });
});
server.listen(0, "127.0.0.1", 8_192, () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => {
  const now = performance.now();
  account.advance(now);
  process.send?.(statistics(account, counts, slots, began ?? now));
});
process.on("disconnect", () => process.exit(0));
