import { type Context, Hono, type MiddlewareHandler } from "hono";
import { isObject, type JsonObject } from "../../model/json.ts";
import { decimal, usd } from "../../model/money.ts";
import type { Api } from "../api.ts";
import { bodyOf } from "../body.ts";
import type { Env } from "../env.ts";
import type { Subject } from "../faults/inject.ts";
import { ofBody, ofJob, striking } from "../faults/subject.ts";
import { isDone, type Job, Jobs } from "../jobs.ts";
import type { Accepted } from "../record.ts";
import { refusals } from "../refusals.ts";
import type { World } from "../world.ts";
import { balance } from "./account.ts";
import { blocked, refusal, refuse, tooMany, tooPoor } from "./answers.ts";
import { catalogue } from "./catalogue.ts";
import { extension } from "./extend.ts";
import { currencyOf, keyed } from "./key.ts";
import { fileNames, media, runOfFile } from "./media.ts";
import { type Pace, pace } from "./pace.ts";
import { isForbidden, take } from "./take.ts";
import { validate } from "./validate.ts";
import { type Endpoint, listed, statusView } from "./views.ts";

const second = 1000;
const minute = 60 * second;

/** NanoGPT's video API: a submit, its status at the current and at the former place, and what stands around them. */
export function nanogpt(world: World): Api {
  const jobs = new Jobs("nanogpt", world.log);
  const routes = new Hono<Env>();
  const { links, log, speed } = world;
  const perMinute = (most: number): Pace => pace(most, minute, speed);
  const submits = perMinute(50);

  const from = (c: Context<Env>): string => c.env.incoming.socket.remoteAddress ?? "";
  const paced =
    (limit: Pace): MiddlewareHandler<Env> =>
    async (c, next) => {
      const wait = limit(from(c), Date.now());
      return wait === undefined ? next() : tooMany(wait);
    };
  const struck = striking(world, "nanogpt", (status) => refusal(status));
  const asked = (c: Context<Env>): Job | undefined =>
    jobs.find("job", c.req.query("requestId") ?? c.req.query("runId") ?? "");
  const about = (c: Context<Env>): Subject => ofJob(c, asked(c));

  const throttled = paced(pace(25, second, speed));

  /** Charges for a run and begins it, where the account and the pace allow it. */
  function begin(c: Context<Env>, accepted: Accepted, more: JsonObject = {}): Response {
    const wait = submits(from(c), Date.now());
    if (wait !== undefined) return tooMany(wait);
    const left = balance(world.credits, jobs, Date.now());
    if (left < usd(accepted.price)) return tooPoor(Number(accepted.price));
    log.append(accepted);
    c.set("accepted", true);
    const model = accepted.request.model ?? null;
    return c.json(
      {
        ...more,
        runId: accepted.job,
        id: accepted.job,
        status: "pending",
        model,
        cost: Number(accepted.price),
        paymentSource: currencyOf(c),
        remainingBalance: (left - usd(accepted.price)) / 1e6,
        prechargeLabel: `${model} ${accepted.seconds}s`,
      },
      202,
    );
  }

  routes.post(
    "/api/generate-video",
    refusals(world, "nanogpt"),
    throttled,
    struck("submit", ofBody),
    keyed,
    async (c) => {
      const body = await bodyOf(c);
      if (!isObject(body)) return refuse(400, "Invalid JSON");
      const wrong = validate(body);
      if (wrong !== undefined) return refuse(wrong.status, wrong.error);
      if (isForbidden(body)) return blocked();
      return begin(c, take(body, c.var.fault, jobs, world));
    },
  );

  routes.post(
    "/api/generate-video/extend",
    refusals(world, "nanogpt"),
    throttled,
    struck("submit", ofBody),
    keyed,
    paced(perMinute(20)),
    async (c) => {
      const body = await bodyOf(c);
      if (!isObject(body)) return refuse(400, "Invalid JSON");
      const wanted = extension(body, (run) => jobs.find("job", run), Date.now());
      if (wanted instanceof Response) return wanted;
      const accepted = take(wanted, c.var.fault, jobs, world);
      const eta = Math.ceil((accepted.endsAt - accepted.at) / 1000);
      return begin(c, accepted, { success: true, taskId: accepted.job, message: "Video extension submitted", eta });
    },
  );

  const status = (endpoint: Endpoint) => (c: Context<Env>) => {
    const job = asked(c);
    if (job === undefined) return refuse(404, "Video generation request not found");
    return c.json(statusView(job, endpoint, { links, fault: c.var.fault, speed, now: c.var.now }));
  };
  routes.get("/api/video/status", throttled, struck("poll", about), keyed, (c) => {
    const id = c.req.query("requestId") ?? c.req.query("runId") ?? "";
    return id === "" ? refuse(400, "requestId is required") : status("current")(c);
  });
  routes.get("/api/generate-video/status", throttled, struck("poll", about), keyed, (c) => {
    const { runId = "", modelSlug = "", model = modelSlug } = c.req.query();
    if (runId === "") return refuse(400, "runId is required");
    return model === "" ? refuse(400, "modelSlug is required") : status("former")(c);
  });

  routes.get("/api/generate-video/content", throttled, struck("get", about), keyed, (c) => {
    const { variant = "video" } = c.req.query();
    const job = asked(c);
    if (job === undefined || !isDone(job, c.var.now)) return refuse(404, "Video not found");
    if (variant !== "video") return refuse(400, `There is no ${variant} of this video`);
    const { mediaType, render } = media(job, fileNames(job)[0] ?? "", world.seed);
    const bytes = render();
    return new Response(bytes, { headers: { "Content-Type": mediaType, "Content-Length": String(bytes.length) } });
  });

  routes.get(
    "/api/generate-video/recover",
    throttled,
    struck("list", () => ({ finished: true })),
    keyed,
    paced(perMinute(20)),
    (c) => {
      const { model, conversationUUID: conversation, limit = "10" } = c.req.query();
      if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 50) return refuse(400, "Invalid limit");
      const fitting = jobs
        .newestFirst()
        .filter(({ request }) => model === undefined || request.model === model)
        .filter(({ request }) => conversation === undefined || request.conversationUUID === conversation);
      return c.json({ data: fitting.slice(0, Number(limit)).map((job) => listed(job, c.var.now)) });
    },
  );

  routes.post("/api/check-balance", throttled, struck("credits"), keyed, (c) => {
    const left = decimal(balance(world.credits, jobs, Date.now()));
    const inDollars = currencyOf(c) === "USD";
    return c.json({
      usd_balance: inDollars ? left : "0.00",
      nano_balance: inDollars ? "0" : left,
      nanoDepositAddress: "nano_1emulated",
    });
  });

  routes.get("/api/v1/video-models", throttled, struck("models"), (c) =>
    c.json(catalogue(c.req.query("detailed")?.toLowerCase() !== "false")),
  );

  routes.all("*", () => refuse(404));

  return {
    routes,
    file(name) {
      const job = jobs.find("job", runOfFile(name));
      const ready = job !== undefined && fileNames(job).includes(name) && isDone(job, Date.now());
      return ready ? media(job, name, world.seed) : undefined;
    },
  };
}
