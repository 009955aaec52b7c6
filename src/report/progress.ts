import type { Event, Note } from "../model/event.ts";
import type { UnitId } from "../model/unit.ts";
import { noteText } from "./event-text.ts";

/** What a live display shows of a run: what is in flight, oldest first, and how many have ended in which way. */
export interface Progress {
  readonly total: number;
  readonly ready: ReadonlySet<UnitId>;
  readonly failed: number;
  readonly inFlight: ReadonlyMap<UnitId, Note>;
}

export const noProgress = (total: number): Progress => ({ total, ready: new Set(), failed: 0, inFlight: new Map() });

export function progressed(before: Progress, event: Event): Progress {
  const inFlight = new Map(before.inFlight);
  if (event.kind === "note") {
    const ended = event.note.kind === "held" || event.note.kind === "turned-away";
    if (ended) inFlight.delete(event.id);
    else inFlight.set(event.id, event.note);
    return { ...before, inFlight, failed: before.failed + (event.note.kind === "turned-away" ? 1 : 0) };
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
