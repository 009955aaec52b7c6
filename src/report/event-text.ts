import type { Event, Note } from "../model/event.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Action } from "../model/plan.ts";

/**
 * One plain line for each change of state; undefined for news that only a live display shows. What a result is called
 * depends on what was planned: a video whose title changed is not a new one.
 */
export function eventText(event: Event, planned: Action["kind"] | undefined, verbose: boolean): string | undefined {
  if (event.kind === "forgotten") return `${event.id} forgotten`;
  const text = event.kind === "became" ? entryText(event.entry, planned) : noteText(event.note, verbose);
  if (text === undefined) return undefined;
  return "unasked" in event ? `${event.id}: ${text}` : `${event.id} ${text}`;
}

function entryText(entry: LockEntry, planned: Action["kind"] | undefined): string | undefined {
  switch (entry.state) {
    // The job id was a note of its own, told before anything could go wrong.
    case "submitted":
      return undefined;
    case "ready":
      if (planned === "update") return "updated in place";
      return `${doneAs(planned)} ${entry.outputs.map(({ url }) => url).join(" ")}`;
    case "failed":
      return `failed (${entry.class}): ${entry.message}`;
    case "unknown":
      return `unknown: ${entry.message}`;
  }
}

function doneAs(planned: Action["kind"] | undefined): string {
  return planned === "reuse" ? "reused" : planned === "move" ? "moved" : "ready";
}

export function noteText(note: Note, verbose: boolean): string | undefined {
  switch (note.kind) {
    case "submitted":
      return `submitted, job ${note.job}`;
    case "turned-away":
      return `not begun (${note.class}): ${note.text}`;
    case "refused-fields":
      return undefined;
    case "held":
      return `not begun: ${note.text}`;
    case "trouble":
    case "looking":
    case "ended":
      return note.text;
    case "uploading":
      return verbose ? `uploading ${note.path}` : undefined;
    case "claimed":
      return verbose ? "claimed" : undefined;
    case "fetching":
      return verbose ? `fetching ${note.role}` : undefined;
    case "waiting":
      return verbose ? `waiting for ${note.for}` : undefined;
    case "running":
      return verbose
        ? `running${note.progress === undefined ? "" : ` ${Math.round(note.progress * 100)}%`}`
        : undefined;
  }
}
