import { type Context, Hono } from "hono";
import { isObject } from "../../model/json.ts";
import { usd } from "../../model/money.ts";
import type { Api } from "../api.ts";
import { bodyOf } from "../body.ts";
import type { Env } from "../env.ts";
import { ofBody, ofJob, striking } from "../faults/subject.ts";
import { isDone, type Job, Jobs } from "../jobs.ts";
import { refusals } from "../refusals.ts";
import type { World } from "../world.ts";
import { malformed, refusal, refuse } from "./answers.ts";
import { request } from "./body.ts";
import { stream } from "./content.ts";
import { continued } from "./continued.ts";
import { keyed } from "./key.ts";
import { film } from "./media.ts";
import { listing, models } from "./models.ts";
import { take } from "./submit.ts";
import { refusedBy } from "./validate.ts";
import { fileName, view } from "./views.ts";

const v1 = "/api/v1";

/** OpenRouter's video API, version 1, and what it tells of an account. */
export function openrouter(world: World): Api {
  const jobs = new Jobs("openrouter", world.log);
  const routes = new Hono<Env>();
  const { links, log, seed } = world;

  const struck = striking(world, "openrouter", (status) => refusal(status));
  const jobAsked = (c: Context<Env>): Job | undefined => jobs.find("job", c.req.param("job") ?? "");
  const missing = (c: Context<Env>): Response => refuse(404, `Job ${c.req.param("job")} not found`);
  /** Where this API answers, as its caller sees it: in front of this app stands the name of the provider. */
  const api = (c: Context<Env>): string => `${new URL(c.req.url).origin}/openrouter${v1}`;
  const spent = (): number => jobs.spent() / 1e6;

  routes.post(`${v1}/videos`, refusals(world, "openrouter"), struck("submit", ofBody), keyed, async (c) => {
    const body = await bodyOf(c);
    if (body === undefined) return refuse(400, "Invalid JSON body");
    const issues = request(body, []);
    if (!isObject(body) || issues.length > 0) return malformed(issues);
    const model = models.get(String(body.model));
    if (model === undefined) return refuse(400, `${body.model} is not a valid model ID`);
    const refused = refusedBy(model, body) ?? continued(model, body, jobs);
    if (refused !== undefined) return refused;
    const accepted = take(body, model, c.var.fault, jobs, world);
    if (usd(world.credits) - jobs.spent() < usd(accepted.price)) return refuse(402);
    log.append(accepted);
    c.set("accepted", true);
    const id = accepted.job;
    return c.json({ id, polling_url: `${api(c)}/videos/${id}`, status: "pending" }, 202);
  });

  routes.get(`${v1}/videos/models`, struck("models"), (c) => c.json(listing()));

  routes.get(
    `${v1}/videos/:job`,
    struck("poll", (c) => ofJob(c, jobAsked(c))),
    keyed,
    (c) => {
      const job = jobAsked(c);
      return job === undefined ? missing(c) : c.json(view(job, api(c), links, c.var));
    },
  );

  /** The film of a job that is done. */
  const filmOf = (job: Job) => {
    const model = models.get(String(job.request.model));
    return model === undefined ? undefined : film(job, model, seed);
  };

  routes.get(
    `${v1}/videos/:job/content`,
    struck("download", (c) => ofJob(c, jobAsked(c))),
    keyed,
    (c) => {
      const job = jobAsked(c);
      if (job === undefined) return missing(c);
      const index = c.req.query("index") ?? "0";
      if (!/^\d+$/.test(index)) return refuse(400, "Invalid index: expected an integer of at least 0");
      const file = isDone(job, c.var.now) ? filmOf(job) : undefined;
      if (file === undefined) return refuse(400, "Video is not ready");
      return index === "0" ? stream(file) : refuse(400, `Video index ${index} out of range (1 videos available)`);
    },
  );

  routes.get(`${v1}/key`, struck("credits"), keyed, (c) =>
    c.json({ data: { label: "emulated", limit: null, limit_remaining: null, usage: spent(), is_free_tier: false } }),
  );

  routes.get(`${v1}/credits`, struck("credits"), keyed, (c) =>
    c.json({ data: { total_credits: world.credits, total_usage: spent() } }),
  );

  routes.all("/*", () => refuse(404));

  return {
    routes,
    file(name) {
      const job = jobs.find("job", name.replace(/\.mp4$/, ""));
      const ready = job !== undefined && fileName(job) === name && isDone(job, Date.now());
      return ready ? filmOf(job) : undefined;
    },
  };
}
