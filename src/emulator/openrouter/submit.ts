import type { Model } from "../../model/catalogue.ts";
import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { sha256 } from "../canonical.ts";
import { chance } from "../chance.ts";
import { fateBy, unheardBy } from "../faults/fate.ts";
import type { Fault } from "../faults/rule.ts";
import type { Jobs } from "../jobs.ts";
import type { Accepted } from "../record.ts";
import { requestHash } from "../request-hash.ts";
import type { World } from "../world.ts";
import { asked } from "./asked.ts";
import { bill } from "./bill.ts";

/** What a valid request becomes. Nothing is written yet. */
export function take(body: JsonObject, model: Model, fault: Fault | undefined, jobs: Jobs, world: World): Accepted {
  const request = asked(body, model);
  const hash = requestHash(body, world.uploads);
  const nth = jobs.submits(hash) + 1;
  const at = Date.now();
  return {
    kind: "accepted",
    at,
    provider: "openrouter",
    job: `gen-vid-${Math.floor(at / 1000)}-${letters(world.seed, hash, nth)}`,
    ids: {},
    hash,
    request: shortened(body) as JsonObject,
    price: bill(request),
    endsAt: at + (renderTime(chance(world.seed, "duration", hash, nth)) * 1000) / world.speed,
    seconds: request.seconds,
    fate: fateBy(fault, "Provider returned error") ?? { kind: "succeeds" },
    consumed: [],
    ...unheardBy(fault),
  };
}

/** Half an emulated minute to three. */
const renderTime = (dice: number): number => 30 + dice * 150;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Twenty letters and digits that depend on the words alone. */
const letters = (...words: readonly (string | number)[]): string =>
  Array.from({ length: 20 }, (_, index) => alphabet[Math.floor(chance(...words, index) * alphabet.length)]).join("");

/** A request as it is remembered: a picture inside it by its hash alone. */
function shortened(value: Json): Json {
  if (typeof value === "string") return value.startsWith("data:") ? `data:,${sha256(value)}` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
