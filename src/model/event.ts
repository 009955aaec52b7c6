import type { FailureClass } from "./job.ts";
import type { LockEntry } from "./lock.ts";
import type { RepoPath, UnitId } from "./unit.ts";

/** Something that happened while a plan was applied. The locks are the fold of these. */
export type Event =
  | { readonly kind: "became"; readonly id: UnitId; readonly spec: RepoPath; readonly entry: LockEntry }
  | { readonly kind: "forgotten"; readonly id: UnitId; readonly spec: RepoPath }
  | {
      readonly kind: "note";
      readonly id: UnitId;
      readonly note: Note;
      /** The news is not of the unit but of a job that was begun in its name and that no spec here asks for. */
      readonly unasked?: true;
    };

/** News for whoever watches. Never needed to make a lock. */
export type Note =
  | { readonly kind: "waiting"; readonly for: "slot" | "rate" | "upstream"; readonly untilMs?: number }
  | { readonly kind: "uploading"; readonly path: string }
  | { readonly kind: "claimed" }
  | { readonly kind: "submitted"; readonly job: string }
  | { readonly kind: "running"; readonly progress?: number; readonly text?: string }
  | { readonly kind: "fetching"; readonly role: string }
  /** The end of what no lock tells of. `absent`: the provider never had it. */
  | { readonly kind: "ended"; readonly state: "ready" | "failed" | "unknown" | "absent"; readonly text: string }
  | { readonly kind: "looking"; readonly text: string }
  /** Nothing was begun and nothing billed; the lock keeps what it had. */
  | { readonly kind: "turned-away"; readonly class: FailureClass; readonly text: string }
  /** What the provider says of single fields of a request that it refused; each path leads through the request. */
  | { readonly kind: "refused-fields"; readonly fields: readonly RefusedField[] }
  /** Not begun in this run, for a reason that is nobody's failure. */
  | { readonly kind: "held"; readonly text: string }
  | { readonly kind: "trouble"; readonly text: string };

export interface RefusedField {
  readonly path: readonly string[];
  readonly message: string;
}
