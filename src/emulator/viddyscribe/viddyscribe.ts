import { type Context, Hono } from "hono";
import { isObject } from "../../model/json.ts";
import type { Api } from "../api.ts";
import type { Env } from "../env.ts";
import type { Subject } from "../faults/inject.ts";
import { striking } from "../faults/subject.ts";
import { isDone, type Job, Jobs, standing } from "../jobs.ts";
import { refusals } from "../refusals.ts";
import type { World } from "../world.ts";
import { badRequest, refusal, refuse, tooLarge } from "./answers.ts";
import type { Asked, Operation } from "./config.ts";
import { promptOf, render } from "./files.ts";
import { take } from "./generate.ts";
import { tooMuch, uploadMedia } from "./ingest.ts";
import { keyed } from "./key.ts";
import { Library, provider } from "./library.ts";
import { resultsView } from "./results.ts";
import { sent } from "./sent.ts";
import { notified, uploadStatus } from "./upload-status.ts";

const operations: readonly Operation[] = ["text", "audio", "video"];

/** ViddyScribe's Enterprise API in its current layout: seven endpoints, and 404 for the older ones. */
export function viddyscribe(world: World): Api {
  const jobs = new Jobs(provider, world.log);
  const library = new Library(world);
  const routes = new Hono<Env>();
  const root = "/enterprise/api";

  const askedOf = (job: Job): Asked => {
    const { operation, generation_config: config } = job.request;
    const medium = library.find(job.ids.media ?? "");
    return {
      operation: operations.find((one) => one === operation) ?? "text",
      config: isObject(config) ? config : {},
      source: { seconds: medium?.film?.seconds ?? 0, name: medium?.name ?? "film" },
    };
  };
  const struck = striking(world, provider, refusal);
  const ofJob = (c: Context<Env>): Subject => {
    const job = jobs.find("job", c.req.query("job_id") ?? "");
    if (job === undefined) return {};
    return { prompt: promptOf(askedOf(job)), finished: standing(job, c.var.now).state !== "running" };
  };

  routes.post(`${root}/upload_media`, struck("upload"), keyed, (c) => uploadMedia(c, world, library));

  routes.post(`${root}/notify_upload_complete`, struck("verify"), keyed, async (c) => {
    const { media_id: id, gcs_path: path } = (await sent(c))?.fields ?? {};
    return notified(library, id, path);
  });

  routes.get(`${root}/get_upload_status`, struck("verify"), keyed, (c) =>
    uploadStatus(library, c.req.query("media_id"), c.req.query("gcs_path")),
  );

  for (const operation of operations) {
    const ofBody = async (c: Context<Env>): Promise<Subject> => ({ prompt: await promptIn(c, library) });
    routes.post(
      `${root}/generate_ad_${operation}`,
      refusals(world, provider),
      struck("submit", ofBody),
      keyed,
      async (c) => {
        if (await tooMuch(c)) return tooLarge();
        const body = await sent(c);
        if (body === undefined) return badRequest("The body is neither JSON nor a form");
        const job = await take(operation, body, c.var.fault, { world, jobs, library });
        if (job instanceof Response) return job;
        world.log.append(job);
        c.set("accepted", true);
        return c.json({ job_id: job.job, status: "queued", media_id: job.ids.media });
      },
    );
  }

  routes.get(`${root}/get_results`, struck("poll", ofJob), keyed, (c) => {
    const id = c.req.query("job_id");
    if (id === undefined) return badRequest("job_id is required");
    const job = jobs.find("job", id);
    if (job === undefined) return refuse(404, "not_found", "There is no such job");
    return c.json(resultsView(job, askedOf(job), world.links, c.var.fault, c.var.now));
  });

  routes.all("*", keyed, () => refuse(404, "not_found", "There is no such endpoint"));

  return {
    routes,
    file(name) {
      const job = jobs.find("job", name.replace(/\.[^.]*$/, ""));
      const ready = job !== undefined && isDone(job, Date.now());
      return ready ? render(job, askedOf(job), name, world.seed) : undefined;
    },
  };
}

/** What a request is about. The body is read as bytes first: a form cannot be made of it otherwise. */
async function promptIn(c: Context<Env>, library: Library): Promise<string | undefined> {
  await c.req.arrayBuffer();
  const body = await sent(c);
  const { input, generation_config: config } = body?.fields ?? {};
  const { media_id: id, url } = isObject(input) ? input : {};
  const name = library.find(typeof id === "string" ? id : "")?.name ?? body?.file?.name;
  const source = { name: name ?? (typeof url === "string" ? url : ""), seconds: 0 };
  return promptOf({ source, config: isObject(config) ? config : {} });
}
