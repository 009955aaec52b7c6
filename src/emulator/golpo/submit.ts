import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { chance, uuid } from "../chance.ts";
import { fateBy, unheardBy } from "../faults/fate.ts";
import type { Fault } from "../faults/rule.ts";
import type { Jobs } from "../jobs.ts";
import type { Accepted } from "../record.ts";
import { requestHash } from "../request-hash.ts";
import type { World } from "../world.ts";
import { openFiles } from "./files.ts";
import { priceOf, secondsOf } from "./length.ts";

/** What a valid request becomes. Nothing is written yet. */
export function take(request: Json, fault: Fault | undefined, jobs: Jobs, world: World): Accepted {
  const body: JsonObject = isObject(request) ? request : {};
  const hash = requestHash(body, world.uploads);
  const nth = jobs.submits(hash) + 1;
  const dice = (what: string): number => chance(world.seed, what, hash, nth);
  const name = (what: string): string => uuid(world.seed, what, hash, nth);
  const seconds = secondsOf(body, chance(world.seed, "length", hash));
  const at = Date.now();
  const { fate, consumed } = openFiles(body, world.uploads);
  return {
    kind: "accepted",
    at,
    provider: "golpo",
    job: name("golpo job"),
    ids: { video: name("golpo video") },
    hash,
    request: body,
    price: priceOf(seconds),
    endsAt: at + (renderTime(dice("duration")) * 1000) / world.speed,
    seconds,
    fate: fateBy(fault, "Rendering failed") ?? fate,
    consumed,
    ...unheardBy(fault),
  };
}

/** One to three emulated minutes. */
const renderTime = (dice: number): number => 60 + dice * 120;
