import type { Context, MiddlewareHandler } from "hono";
import type { ProviderName } from "../../model/unit.ts";
import { bodyOf, promptIn } from "../body.ts";
import type { Env } from "../env.ts";
import { isDone, type Job } from "../jobs.ts";
import type { World } from "../world.ts";
import { inject, type Subject, type Target } from "./inject.ts";
import type { Operation } from "./rule.ts";

/** What a request about a job is about. */
export const ofJob = (c: Context<Env>, job: Job | undefined): Subject =>
  job === undefined ? {} : { prompt: promptIn(job.request), finished: isDone(job, c.var.now) };

/** What a submit is about. */
export const ofBody = async (c: Context<Env>): Promise<Subject> => ({ prompt: promptIn(await bodyOf(c)) });

/** Lets faults strike the operations of one API. A request of which nothing is said is about nothing. */
export const striking =
  (world: World, provider: ProviderName, refusal: Target["refusal"]) =>
  (operation: Operation, subject: Target["subject"] = () => ({})): MiddlewareHandler<Env> =>
    inject(world.strike, { provider, operation, subject, refusal });
