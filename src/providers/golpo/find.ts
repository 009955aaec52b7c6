import { instant } from "../../model/clock.ts";
import type { Candidate, Found } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Lost, Search, Wire } from "../../model/provider.ts";
import { textsOf } from "../fields.ts";
import { idIn, listIn, numberIn, required, textIn, timeIn } from "../reply.ts";
import * as routes from "./routes.ts";
import { videoId } from "./submit.ts";
import { names } from "./video.ts";

const pageSize = 50;
const mostPages = 40;
const minute = 60_000;
/** How much earlier than our clock Golpo's is taken to stand. */
const skew = 2 * minute;
/** A clock of ours that is wrong must not hide a job: what fits but for its time is told this far before the claim. */
const reach = 24 * 60 * minute;

/** A video in the list, with what it takes to tell whether it is ours. */
interface Listed {
  readonly id: string | undefined;
  readonly reply: Json;
  readonly createdAt: number | undefined;
}

interface Page {
  readonly videos: readonly Listed[];
  readonly total: number | undefined;
}

function readPage(reply: Json): Page {
  const videos = required(listIn(reply, "", "videos", "data.videos", "data", "items"), "list of videos");
  return {
    videos: videos.map((video) => ({
      id: idIn(video, "id", "video_id"),
      reply: video,
      createdAt: timeIn(video, "created_at", "createdAt"),
    })),
    total: numberIn(reply, "total", "data.total"),
  };
}

/** `early`: ours, unless our clock was right. */
type Verdict = "ours" | "early" | "other" | "undecidable";

const normal = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
const isCode = (language: string): boolean => /^[a-z]{2}(?:-[a-z]+)?$/.test(language);

/** A prompt that only begins like ours may have been shortened for the list. */
function compare(listed: string, wanted: string): Verdict {
  const [theirs, ours] = [normal(listed), normal(wanted)];
  if (theirs === ours) return "ours";
  return ours.startsWith(theirs.replace(/\s*(?:…|\.\.\.)$/, "")) ? "undecidable" : "other";
}

/** Golpo takes "es" and "spanish" alike, so a code and a name do not contradict each other. */
function speaksOtherwise(listed: string | undefined, wanted: string | undefined): boolean {
  if (listed === undefined || wanted === undefined) return false;
  const [theirs, ours] = [normal(listed), normal(wanted)];
  return theirs !== ours && isCode(theirs) === isCode(ours);
}

/**
 * A list that leaves out what we would compare proves nothing, neither for nor against. Titles are not compared: a
 * submit cannot set one, so a lost job bears whatever title Golpo gave it.
 */
function judge(video: Listed, lost: Lost, claimedAt: number): Verdict {
  if (video.createdAt !== undefined && video.createdAt < claimedAt - reach) return "other";
  const { prompt, language, video_type: type } = lost.traits;
  const listed = textIn(video.reply, "prompt");
  const same = listed === undefined || prompt === undefined ? "undecidable" : compare(listed, prompt);
  if (same === "other") return "other";
  const shape = textIn(video.reply, "video_type");
  if (shape !== undefined && type !== undefined && normal(shape) !== normal(type)) return "other";
  if (speaksOtherwise(textIn(video.reply, "language"), language)) return "other";
  if (video.createdAt === undefined || video.id === undefined) return "undecidable";
  if (video.createdAt >= claimedAt - skew) return same;
  return same === "ours" ? "early" : "other";
}

/** A list item need not name its job. Then the video's id stands for it, and `poll` asks for the video. */
function candidate({ id, reply, createdAt }: Listed): readonly Candidate[] {
  const video = videoId(reply) ?? id;
  const job = idIn(reply, "job_id", "jobId") ?? video;
  const title = textIn(reply, "title");
  if (job === undefined || video === undefined) return [];
  return [
    {
      job: { id: job, video },
      ...(createdAt === undefined ? {} : { createdAt: instant(createdAt) }),
      ...(title === undefined ? {} : { title }),
    },
  ];
}

/** Newest first is how Golpo seems to list; only where the dates bear it out does an old one end the search. */
function isPast(videos: readonly Listed[], claimedAt: number): boolean {
  const dates = videos.map(({ createdAt }) => createdAt);
  const descending = dates.every((date, index) => {
    const before = dates[index - 1];
    return date !== undefined && (index === 0 || (before !== undefined && before >= date));
  });
  const oldest = dates.at(-1);
  return descending && oldest !== undefined && oldest < claimedAt - reach;
}

/**
 * Looks for a lost submit among the account's videos, page by page. The only loop in this provider: a list has no end
 * that one call could reach, so it is bounded by pages, and a search that met the bound does not call itself complete.
 */
async function find(lost: Lost, wire: Wire): Promise<Found> {
  const claimedAt = Date.parse(lost.claimedAt);
  const seen = new Map<string, Listed>();
  const nameless: Listed[] = [];
  let ended = false;
  let offset = 0;
  for (let pages = 0; pages < mostPages && !ended; pages++) {
    const { videos, total } = await wire.get(routes.list(pageSize, offset), readPage);
    const before = seen.size;
    for (const video of videos) {
      if (video.id === undefined) nameless.push(video);
      else seen.set(video.id, video);
    }
    offset += videos.length;
    const all = seen.size + nameless.length;
    // An empty page of a list that counts more than it showed is no end.
    ended =
      total === undefined
        ? videos.length === 0 || isPast([...seen.values()], claimedAt)
        : all >= total || isPast([...seen.values()], claimedAt);
    // A page that brings nothing new: the server ignores the offset, and the rest of the list is out of reach.
    if (!ended && seen.size === before) break;
  }
  const all = [...seen.values(), ...nameless];
  const verdicts = all.map((video) => judge(video, lost, claimedAt));
  const judged = (verdict: Verdict): readonly Candidate[] =>
    all.filter((_, index) => verdicts[index] === verdict).flatMap(candidate);
  const early = judged("early");
  return {
    candidates: judged("ours"),
    ...(early.length === 0 ? {} : { early }),
    complete: ended && !verdicts.includes("undecidable"),
  };
}

/** Golpo's list tells these of a video, and what else a request asks for it leaves out. */
export const search: Search = {
  traits: (request) => textsOf(request, ["prompt", "language", "video_type"]),
  find,
  names,
};
