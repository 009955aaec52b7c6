import type { RemoteOutput } from "../../model/job.ts";
import { isObject, type Json, type JsonObject } from "../../model/json.ts";
import { listIn, numberIn, textIn } from "../reply.ts";

/** The descriptions of a finished job, as files: those of a list as JSON, those of a text as they are written. */
export function described(output: Json): readonly RemoteOutput[] {
  const segments = listIn(output, "segments", "items");
  const content = textIn(output, "content", "vtt");
  const isJson = textIn(output, "format") === "json";
  return [
    ...(segments === undefined ? [] : [file("data", `${JSON.stringify(segments.map(segment), null, 2)}\n`)]),
    ...(content === undefined ? [] : [file(isJson ? "data" : "captions", content)]),
  ];
}

const file = (role: "data" | "captions", text: string): RemoteOutput => ({ role, source: { text } });

/** One description under the names `start`, `end` and `text`, whatever ViddyScribe calls them, with all else it says. */
function segment(item: Json): Json {
  if (!isObject(item)) return item;
  const start = numberIn(item, "start", "start_time", "start_seconds");
  const end = numberIn(item, "end", "end_time", "end_seconds");
  const text = textIn(item, "text", "description");
  const named: JsonObject = {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(text === undefined ? {} : { text }),
  };
  const rest = Object.entries(item).filter(([name]) => !Object.hasOwn(named, name));
  return { ...named, ...Object.fromEntries(rest) };
}
