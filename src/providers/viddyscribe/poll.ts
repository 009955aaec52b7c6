import type { Job, JobStatus, RemoteOutput } from "../../model/job.ts";
import type { Json } from "../../model/json.ts";
import type { Wire } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { at, required, textIn, urlIn, wordIn } from "../reply.ts";
import { running } from "../running.ts";
import { failureClass } from "./codes.ts";
import { described } from "./described.ts";
import { results } from "./routes.ts";

const unfinished: ReadonlySet<string> = new Set(["queued", "processing"]);

/** Each answer signs its links anew, for 15 minutes: a dead one is replaced by asking again. */
export const poll = (job: Job, wire: Wire): Promise<JobStatus> =>
  wire.get(results(job.id), (reply) => read(reply, job.operation));

function read(reply: Json, operation: string | undefined): JobStatus {
  const word = required(wordIn(reply, "status", "data.status"), "status");
  if (word === "failed") return failure(reply);
  if (word !== "done") return running("ViddyScribe", word, unfinished);
  const text = described(at(reply, "output") ?? at(reply, "data.output") ?? null);
  const outputs = [...mediaIn(reply, operation), ...text];
  const promised = promises.get(operation ?? "");
  const kept = outputs.some(({ role }) => promised === undefined || role === promised);
  if (kept) return { state: "done", outputs };
  const message = `ViddyScribe says the job is done and gives no ${promised ?? "text"}`;
  return { state: "failed", class: "lost-output", message };
}

/** What a job was paid for. The other files that it gives come with it. */
const promises: ReadonlyMap<string, RemoteOutput["role"]> = new Map([
  ["video", "video"],
  ["audio", "audio"],
]);

const both = (name: string): readonly string[] => [name, `data.${name}`];

/**
 * The files of a finished job. A film's address had another name once; a sound track has been told of under each of
 * the three. Of a job whose operation nobody knows any more, the ending of the address decides.
 */
function mediaIn(reply: Json, operation: string | undefined): readonly RemoteOutput[] {
  const film = urlIn(reply, ...both("video_signed_url"), ...both("result_url"));
  const track = urlIn(reply, ...both("audio_signed_url"));
  if (operation === "text") return [];
  const filmIsSound = operation === "audio" || (operation === undefined && isSound(film));
  const sound = track ?? (filmIsSound ? film : undefined);
  return [
    ...(film === undefined || filmIsSound ? [] : [{ role: "video", source: { url: film } } as const]),
    ...(sound === undefined ? [] : [{ role: "audio", source: { url: sound } } as const]),
  ];
}

const isSound = (url: string | undefined): boolean => url !== undefined && /\.(?:wav|mp3|m4a)(?:[?#]|$)/i.test(url);

/** A code is a word of its own; what has blanks is prose. */
const isCode = (word: string | undefined): word is string =>
  word !== undefined && /^[a-z\d]+(?:_[a-z\d]+)*$/.test(word);

function failure(reply: Json): JobStatus {
  const bare = textIn(reply, "error", "data.error");
  const code = textIn(reply, "error_code", "code", "data.error_code") ?? (isCode(bare) ? bare : undefined);
  const said = textIn(reply, "error_message", "message", "data.error_message", "data.message") ?? bare;
  const words = oneLine(said ?? "");
  const message = words === "" ? (code ?? "ViddyScribe gives no reason") : words;
  return { state: "failed", class: failureClass(code, message), message: oneLine(message) };
}
