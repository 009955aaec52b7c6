import type { Found } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Lost, Wire } from "../../model/provider.ts";
import { listIn, required, textIn, timeIn } from "../reply.ts";
import { modelOf } from "./fields.ts";
import { recover } from "./routes.ts";

/** As many as NanoGPT shows. There are no pages. */
const most = 50;
const minute = 60_000;
/** How much earlier than our clock NanoGPT's may stand. */
const skew = 2 * minute;

interface Listed {
  readonly model: string | undefined;
  readonly createdAt: number | undefined;
}

function readList(reply: Json): readonly Listed[] {
  const runs = required(listIn(reply, "", "data", "runs", "data.runs"), "list of runs");
  return runs.map((run) => ({ model: textIn(run, "model"), createdAt: timeIn(run, "createdAt", "created_at") }));
}

/** Words that models of different makers share. */
const common = new Set([
  "video",
  "image",
  "text",
  "pro",
  "lite",
  "fast",
  "turbo",
  "standard",
  "std",
  "master",
  "extend",
]);

const ownWords = (model: string): readonly string[] =>
  (model.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !common.has(word));

/** One model may go by two names, one of which the list has: only names that share no word are of two models. */
function isOther(listed: string | undefined, wanted: string): boolean {
  const [theirs, ours] = [ownWords(listed ?? ""), ownWords(wanted)];
  return theirs.length > 0 && ours.length > 0 && !theirs.some((word) => ours.includes(word));
}

/** Whether the list goes back beyond the attempt, so that a run of its time would be in it. */
function reachesBack(runs: readonly Listed[], since: number): boolean {
  if (runs.length < most) return true;
  return runs.every(({ createdAt }, index) => {
    const before = runs[index - 1]?.createdAt;
    return createdAt !== undefined && (before === undefined || before >= createdAt);
  })
    ? (runs.at(-1)?.createdAt ?? since) < since
    : false;
}

/**
 * Looks among the account's latest runs. The list tells a run's model and time and nothing of what was asked for: no run
 * is ever taken for the lost one. But where no run can be it, the submit never arrived, and that is told.
 */
export async function find(lost: Lost, wire: Wire): Promise<Found> {
  const since = Date.parse(lost.claimedAt) - skew;
  const runs = await wire.get(recover(most), readList);
  const wanted = modelOf(lost.request);
  const mayBeOurs = runs.some(
    ({ model, createdAt }) => !(createdAt !== undefined && createdAt < since) && !isOther(model, wanted),
  );
  return { candidates: [], complete: reachesBack(runs, since) && !mayBeOurs };
}
