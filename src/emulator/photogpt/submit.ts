import type { JsonObject } from "../../model/json.ts";
import { chance, uuid } from "../chance.ts";
import { fateBy, unheardBy } from "../faults/fate.ts";
import type { Fault } from "../faults/rule.ts";
import type { Jobs } from "../jobs.ts";
import type { Accepted } from "../record.ts";
import { requestHash } from "../request-hash.ts";
import type { World } from "../world.ts";
import { asked, carriedOut } from "./request.ts";
import { priceOf, secondsOf } from "./shape.ts";

/** The names under which a job knows its videos, in their order. */
export const videoKinds = ["video1", "video2", "video3", "video4"] as const;

/** What a valid request becomes. Nothing is written yet. */
export function take(body: JsonObject, fault: Fault | undefined, jobs: Jobs, world: World): Accepted {
  const request = carriedOut(asked(body));
  const hash = requestHash(body, world.uploads);
  const nth = jobs.submits(hash) + 1;
  const seconds = secondsOf(request, chance(world.seed, "length", hash));
  const at = Date.now();
  const kinds = videoKinds.slice(0, request.videos);
  return {
    kind: "accepted",
    at,
    provider: "photogpt",
    job: `job_${uuid(world.seed, "photogpt job", hash, nth)}`,
    ids: Object.fromEntries(kinds.map((kind) => [kind, `video_${uuid(world.seed, "photogpt", kind, hash, nth)}`])),
    hash,
    request: body,
    price: priceOf(seconds, request.videos),
    endsAt: at + (renderTime(chance(world.seed, "duration", hash, nth)) * 1000) / world.speed,
    seconds,
    fate: fateBy(fault, "Video generation failed") ?? { kind: "succeeds" },
    consumed: [],
    ...unheardBy(fault),
  };
}

/** One to three emulated minutes. */
const renderTime = (dice: number): number => 60 + dice * 120;
