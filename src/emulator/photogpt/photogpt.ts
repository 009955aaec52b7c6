import { type Context, Hono } from "hono";
import { isObject } from "../../model/json.ts";
import { usd } from "../../model/money.ts";
import type { Api } from "../api.ts";
import { bodyOf } from "../body.ts";
import type { Env } from "../env.ts";
import type { Subject } from "../faults/inject.ts";
import { ofBody, ofJob, striking } from "../faults/subject.ts";
import { type Job, Jobs } from "../jobs.ts";
import { refusals } from "../refusals.ts";
import type { World } from "../world.ts";
import { ok, refusal, refuse } from "./answers.ts";
import { admitted } from "./key.ts";
import { findMade, type Made, madeBy } from "./made.ts";
import { film, playlist } from "./media.ts";
import { models } from "./models.ts";
import { page } from "./page.ts";
import { percentOf, preparing } from "./preparation.ts";
import { take } from "./submit.ts";
import { validate } from "./validate.ts";
import { downloadView, jobView, videoView } from "./views.ts";

/** The video part of PhotoGPT's developer API, version 1. */
export function photogpt(world: World): Api {
  const jobs = new Jobs("photogpt", world.log);
  const routes = new Hono<Env>();
  const { links, log, speed } = world;

  const struck = striking(world, "photogpt", (status) => refusal(status));
  const jobAsked = (c: Context<Env>): Job | undefined => jobs.find("job", c.req.param("job") ?? "");
  const madeAsked = (c: Context<Env>): Made | undefined => findMade(c.req.param("video") ?? "", jobs, c.var.now);
  /** A file is finished when it is prepared. */
  const aboutFile = (c: Context<Env>): Subject => {
    const made = madeAsked(c);
    return made === undefined ? {} : { ...ofJob(c, made.job), finished: percentOf(made, c.var.now, speed) === 100 };
  };

  routes.get("/api/ping", struck("credits"), admitted, () => Response.json({ message: "pong!", status: "OK" }));

  routes.post("/api/videos/generation", refusals(world, "photogpt"), struck("submit", ofBody), admitted, async (c) => {
    const body = await bodyOf(c);
    if (!isObject(body)) return refuse(400, "the body must be a JSON object");
    if (typeof body.modelID !== "string") return refuse(400, "modelID is required");
    if (!models.has(body.modelID)) return refuse(404, body.modelID, "Model not found");
    const wrong = validate(body);
    if (wrong.length > 0) return refuse(400, wrong.join("; "));
    const accepted = take(body, c.var.fault, jobs, world);
    if (usd(world.credits) - jobs.spent() < usd(accepted.price)) return refuse(400, "", "insufficient credits");
    log.append(accepted);
    c.set("accepted", true);
    return ok({ jobId: accepted.job, status: "queued" });
  });

  routes.get(
    "/api/jobs/:job",
    struck("poll", (c) => ofJob(c, jobAsked(c))),
    admitted,
    (c) => {
      const job = jobAsked(c);
      if (job === undefined) return refuse(404, c.req.param("job"), "Job not found");
      return ok(jobView(job, links, c.var));
    },
  );

  routes.get(
    "/api/videos",
    struck("list", () => ({ finished: true })),
    admitted,
    (c) => {
      const part = page(c.req.query());
      if ("wrong" in part) return refuse(400, part.wrong);
      const all = jobs.newestFirst().flatMap((job) => madeBy(job, c.var.now));
      return ok(all.slice(part.from, part.to).map((made) => videoView(made, links)));
    },
  );

  const missing = (c: Context<Env>): Response => refuse(404, c.req.param("video") ?? "", "Video not found");

  routes.get(
    "/api/videos/:video",
    struck("get", (c) => ofJob(c, madeAsked(c)?.job)),
    admitted,
    (c) => {
      const made = madeAsked(c);
      if (made === undefined) return missing(c);
      const view = videoView(made, links);
      return c.var.fault?.kind === "bare" ? Response.json(view) : ok(view);
    },
  );

  routes.get("/api/videos/:video/create-download", struck("prepare", aboutFile), admitted, (c) => {
    const made = madeAsked(c);
    if (made === undefined) return missing(c);
    const { job, id } = made;
    const at = Date.now();
    if (percentOf(made, at, speed) === undefined)
      log.append({ kind: "changed", at, provider: "photogpt", job: job.job, changes: { [preparing(id)]: at } });
    return ok("queued");
  });

  routes.get("/api/videos/:video/download", struck("prepare", aboutFile), admitted, (c) => {
    const made = madeAsked(c);
    if (made === undefined) return missing(c);
    const { fault, now } = c.var;
    if (fault?.kind === "unknown-status") return ok({ status: fault.word });
    const percent = percentOf(made, now, speed);
    if (percent === undefined) return refuse(404, made.id, "Download not found");
    return ok(downloadView(made, percent, links, fault));
  });

  return {
    routes,
    file(name) {
      const [, id = "", kind] = /^(.+)\.(mp4|m3u8)$/.exec(name) ?? [];
      const made = findMade(id, jobs, Date.now());
      if (made === undefined) return undefined;
      if (kind === "m3u8") return playlist(made);
      return percentOf(made, Date.now(), speed) === 100 ? film(made, world.seed) : undefined;
    },
  };
}
