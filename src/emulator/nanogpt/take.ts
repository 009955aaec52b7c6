import type { JsonObject } from "../../model/json.ts";
import { chance, uuid } from "../chance.ts";
import { fateBy, unheardBy } from "../faults/fate.ts";
import type { Fault } from "../faults/rule.ts";
import type { Jobs } from "../jobs.ts";
import type { Accepted, Fate } from "../record.ts";
import { requestHash } from "../request-hash.ts";
import type { World } from "../world.ts";
import { lengthOf, priceOf } from "./price.ts";

/** What a filter says that looks at what was made. */
export const filtered = "Content policy violation";

/** What a valid request becomes. Nothing is written yet. */
export function take(request: JsonObject, fault: Fault | undefined, jobs: Jobs, world: World): Accepted {
  const hash = requestHash(request, world.uploads);
  const nth = jobs.submits(hash) + 1;
  const at = Date.now();
  return {
    kind: "accepted",
    at,
    provider: "nanogpt",
    job: runId(world.seed, hash, nth),
    ids: {},
    hash,
    request,
    price: priceOf(request),
    endsAt: at + (renderTime(chance(world.seed, "duration", hash, nth)) * 1000) / world.speed,
    seconds: lengthOf(request),
    fate: fateBy(fault, "Video generation failed") ?? fateOf(request),
    consumed: [],
    ...unheardBy(fault),
  };
}

/** `vid_` and twelve letters and digits. */
const runId = (seed: number, hash: string, nth: number): string =>
  `vid_${uuid(seed, "nanogpt run", hash, nth).replaceAll("-", "").slice(0, 12)}`;

/** Half a minute to two emulated minutes. */
const renderTime = (dice: number): number => 30 + dice * 90;

/** A prompt that says so is stopped by the filter behind the model, unless explicit pictures were asked for. */
const fateOf = ({ prompt, showExplicitContent }: JsonObject): Fate =>
  typeof prompt === "string" && /\bnsfw\b/i.test(prompt) && showExplicitContent !== true
    ? { kind: "fails", message: filtered }
    : { kind: "succeeds" };

/** A prompt that says so is not let in. */
export const isForbidden = ({ prompt }: JsonObject): boolean =>
  typeof prompt === "string" && /\bforbidden\b/i.test(prompt);
