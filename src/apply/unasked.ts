import type { Note } from "../model/event.ts";
import {
  goesOn,
  type OpenAttempt,
  type SubmittedAttempt,
  type Unasked,
  type UnknownAttempt,
} from "../model/journal.ts";
import type { Digest } from "../model/unit.ts";
import type { Followed } from "./follow.ts";
import type { Run } from "./ports.ts";
import { neverTaken, settle } from "./settle.ts";
import { watchSlot } from "./watch.ts";

const forJournal = "no spec here asks for it; its result is kept in the journal";

/** Takes its slot, and its place among those who may have begun a job that nobody knows. */
export function registerUnasked({ digest, attempt }: Unasked, run: Run): void {
  if (attempt.state !== "submitted") run.doubts.set(attempt.id, { id: attempt.unit, digest, attempt });
  if (goesOn(attempt)) run.lane(attempt.provider).occupy();
}

/** Brings what no spec here asks for to its end, for the journal alone: whoever asks for its result later finds it there. */
export async function followUnasked({ digest, attempt }: Unasked, run: Run): Promise<void> {
  if (attempt.state === "submitted") {
    await tell(attempt, { kind: "looking", text: forJournal }, run);
    return watchUnasked(digest, attempt, run);
  }
  if (attempt.state === "unknown" && !goesOn(attempt)) return unknown(attempt, run);
  const settled = await settle({ id: attempt.unit, digest, attempt }, run);
  switch (settled.kind) {
    case "found":
      return watchUnasked(digest, settled.attempt, run);
    case "absent":
      return tell(attempt, { kind: "ended", state: "absent", text: neverTaken }, run);
    case "unknown":
      return unknown(settled.attempt, run);
    case "settled":
      return tell(attempt, { kind: "held", text: "another run has settled it" }, run);
    case "stopped":
      return;
  }
}

async function watchUnasked(digest: Digest, attempt: SubmittedAttempt, run: Run): Promise<void> {
  const { unit: id, provider } = attempt;
  const note: Followed["note"] = (news) => tell(attempt, news, run);
  const told: Followed["told"] = (end) => {
    const { state } = end;
    if (state === "failed") return note({ kind: "ended", state, text: `failed (${end.class}): ${end.message}` });
    return note({ kind: "ended", state, text: `collected ${end.outputs.map(({ url }) => url).join(" ")}` });
  };
  await watchSlot({ id, digest, provider, fields: {}, note, told }, attempt, run, "before");
}

const unknown = (attempt: UnknownAttempt, run: Run): Promise<void> =>
  tell(attempt, { kind: "ended", state: "unknown", text: `unknown: ${attempt.message}` }, run);

const tell = ({ unit: id }: SubmittedAttempt | OpenAttempt, note: Note, { ports }: Run): Promise<void> =>
  ports.tell({ kind: "note", id, note, unasked: true });
