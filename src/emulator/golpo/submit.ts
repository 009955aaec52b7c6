import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { chance, uuid } from "../chance.ts";
import type { Fault } from "../faults/rule.ts";
import type { Jobs } from "../jobs.ts";
import type { Accepted, Fate } from "../record.ts";
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
    fate: fateBy(fault) ?? fate,
    consumed,
    ...(fault !== undefined && unheard.has(fault.kind) ? { unheard: fault.kind } : {}),
  };
}

/** One to three emulated minutes. */
const renderTime = (dice: number): number => 60 + dice * 120;

/** Faults after which the caller does not know that the job was taken on. */
const unheard: ReadonlySet<string> = new Set(["accept-then-drop", "truncate", "not-json", "status"]);

function fateBy(fault: Fault | undefined): Fate | undefined {
  if (fault?.kind === "stuck") return { kind: "stuck" };
  if (fault?.kind === "fails") return { kind: "fails", message: fault.message ?? "Rendering failed" };
  return undefined;
}
