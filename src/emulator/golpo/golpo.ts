import { type Context, Hono } from "hono";
import { usd } from "../../model/money.ts";
import type { Api } from "../api.ts";
import { bodyOf } from "../body.ts";
import type { Env } from "../env.ts";
import type { Operation } from "../faults/rule.ts";
import { ofBody, ofJob, striking } from "../faults/subject.ts";
import { isDone, type Job, Jobs } from "../jobs.ts";
import { refusals } from "../refusals.ts";
import type { World } from "../world.ts";
import { refusal, refuse } from "./answers.ts";
import { validateEdit } from "./edit.ts";
import { keyed } from "./key.ts";
import { fileName, media } from "./media.ts";
import { page } from "./page.ts";
import { take } from "./submit.ts";
import { upload } from "./upload.ts";
import { validate } from "./validate.ts";
import { statusView, videoView } from "./views.ts";

/** Golpo's REST API, version 1, and the balance of version 2. */
export function golpo(world: World): Api {
  const jobs = new Jobs("golpo", world.log);
  const routes = new Hono<Env>();
  const { links, log } = world;

  const struck = striking(world, "golpo", (status) => refusal(status));

  const video = (c: Context<Env>): Job | undefined => jobs.find("video", c.req.param("video") ?? "");
  const ofVideo = (operation: Operation) => struck(operation, (c) => ofJob(c, video(c)));
  const balance = (): number => usd(world.credits) - jobs.spent();

  const v1 = "/api/v1/videos";
  const key1 = keyed(401);

  routes.post(`${v1}/generate`, refusals(world, "golpo"), struck("submit", ofBody), key1, async (c) => {
    const body = await bodyOf(c);
    if (body === undefined) return refuse(422, [{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]);
    const details = validate(body);
    if (details.length > 0) return refuse(422, details);
    const accepted = take(body, c.var.fault, jobs, world);
    if (balance() < usd(accepted.price)) return refuse(403, [], "Insufficient credits");
    log.append(accepted);
    c.set("accepted", true);
    return c.json({ job_id: accepted.job, video_id: accepted.ids.video, status: "generating" }, 201);
  });

  routes.post(`${v1}/upload-file`, struck("upload"), key1, (c) => upload(c, world));

  const jobAsked = (c: Context<Env>): Job | undefined => jobs.find("job", c.req.param("job") ?? "");
  routes.get(
    `${v1}/status/:job`,
    struck("poll", (c) => ofJob(c, jobAsked(c))),
    key1,
    (c) => {
      const job = jobAsked(c);
      return job === undefined ? refuse(404, [], "Job not found") : c.json(statusView(job, links, c.var));
    },
  );

  routes.get(
    v1,
    struck("list", () => ({ finished: true })),
    key1,
    (c) => {
      const asked = page(c.req.query());
      if (!("limit" in asked)) return refuse(422, asked);
      const all = jobs.newestFirst();
      const videos = all.slice(asked.offset, asked.offset + asked.limit);
      return c.json({ videos: videos.map((job) => videoView(job, links, c.var)), total: all.length });
    },
  );

  routes.get(`${v1}/:video`, ofVideo("get"), key1, (c) => {
    const job = video(c);
    if (job === undefined) return refuse(404);
    const view = videoView(job, links, c.var);
    return c.json(c.var.fault?.kind === "bare" ? view : { video: view });
  });

  routes.patch(`${v1}/:video`, ofVideo("patch"), key1, async (c) => {
    const job = video(c);
    if (job === undefined) return refuse(404);
    const body = (await bodyOf(c)) ?? null;
    const details = validateEdit(body);
    if (details.length > 0) return refuse(422, details);
    log.append({ kind: "changed", at: Date.now(), provider: "golpo", job: job.job, changes: body as Job["changes"] });
    return c.json({ video: videoView(video(c) ?? job, links, { now: c.var.now }) });
  });

  routes.delete(`${v1}/:video`, ofVideo("delete"), key1, (c) => {
    const job = video(c);
    if (job === undefined) return refuse(404);
    log.append({ kind: "removed", at: Date.now(), provider: "golpo", job: job.job });
    return c.json({ message: "Video deleted", video_id: job.ids.video });
  });

  routes.get("/api/v2/users/credits", struck("credits"), keyed(403), (c) =>
    c.json({ plan: "api", credits: balance() / 1e6, status: "active" }),
  );

  return {
    routes,
    file(name) {
      const job = jobs.find("video", name.replace(/\.[^.]*$/, ""));
      const ready = job !== undefined && fileName(job) === name && isDone(job, Date.now());
      return ready ? media(job, world.seed) : undefined;
    },
  };
}
