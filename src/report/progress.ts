import type { Event, Note } from "../model/event.ts";
import { noteText } from "./event-text.ts";

/** What a live display shows of a run: what is in flight, oldest first, and how many have ended in which way. */
export interface Progress {
  readonly total: number;
  readonly ready: ReadonlySet<string>;
  readonly failed: number;
  readonly inFlight: ReadonlyMap<string, Note>;
}

export const noProgress = (total: number): Progress => ({ total, ready: new Set(), failed: 0, inFlight: new Map() });

export function progressed(before: Progress, event: Event): Progress {
  const inFlight = new Map(before.inFlight);
  if (event.kind === "note") {
    const { note } = event;
    // A unit of the same name has news of its own.
    const name = "unasked" in event ? `${event.id} (no spec here)` : event.id;
    if (note.kind === "held" || note.kind === "turned-away" || note.kind === "ended") inFlight.delete(name);
    else inFlight.set(name, note);
    const failed = note.kind === "turned-away" || (note.kind === "ended" && /^(failed|unknown)$/.test(note.state));
    return {
      ...before,
      inFlight,
      ready: note.kind === "ended" && note.state === "ready" ? new Set(before.ready).add(name) : before.ready,
      failed: before.failed + (failed ? 1 : 0),
    };
  }
  const state = event.kind === "became" ? event.entry.state : "forgotten";
  if (state === "submitted") return before;
  inFlight.delete(event.id);
  return {
    ...before,
    inFlight,
    ready: state === "ready" ? new Set(before.ready).add(event.id) : before.ready,
    failed: before.failed + (state === "failed" || state === "unknown" ? 1 : 0),
  };
}

/** "generate 312/1000, 50 in flight, 3 failed" */
export function progressTitle({ total, ready, failed, inFlight }: Progress): string {
  const failures = failed === 0 ? "" : `, ${failed} failed`;
  const flying = inFlight.size === 0 ? "" : `, ${inFlight.size} in flight`;
  return `generate ${ready.size}/${total}${flying}${failures}`;
}

/** At most `most` lines, the oldest first: what has waited longest is what one wants to see. */
export function progressLines({ inFlight }: Progress, most: number): readonly string[] {
  const lines = [...inFlight].slice(0, most).map(([id, note]) => `${id}  ${noteText(note, true) ?? ""}`);
  return inFlight.size > most ? [...lines, `… and ${inFlight.size - most} more`] : lines;
}
