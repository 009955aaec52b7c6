import type { Json, JsonObject } from "../model/json.ts";
import type { ProviderName } from "../model/unit.ts";

interface Happening {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly provider: ProviderName;
}

/** A paid request was taken on. Everything that is ever told or rendered of the job follows from this. */
export interface Accepted extends Happening {
  readonly kind: "accepted";
  readonly job: string;
  /** The provider's other names for the job: `{ video: "…" }`. */
  readonly ids: { readonly [name: string]: string };
  readonly hash: string;
  readonly request: JsonObject;
  /** A decimal of dollars. */
  readonly price: string;
  /** When the job ends, on the wall clock; so a job goes on while no emulator runs. */
  readonly endsAt: number;
  /** How long the medium lasts. */
  readonly seconds: number;
  readonly fate: Fate;
  /** Uploads that this job used up. */
  readonly consumed: readonly string[];
  /** The fault, if any, that kept the answer from the caller. */
  readonly unheard?: string;
}

export type Fate =
  | { readonly kind: "succeeds" }
  | { readonly kind: "fails"; readonly message: string }
  | { readonly kind: "stuck" };

/** A paid request was not taken on; nothing was charged. */
interface Refused extends Happening {
  readonly kind: "refused";
  readonly hash: string;
  /** Absent when the caller got no answer either. */
  readonly status?: number;
  readonly why: string;
}

/** What can be changed of a finished job was changed. */
interface Changed extends Happening {
  readonly kind: "changed";
  readonly job: string;
  readonly changes: { readonly [name: string]: Json };
}

interface Removed extends Happening {
  readonly kind: "removed";
  readonly job: string;
}

/** Someone may put a file under this token. */
interface Granted extends Happening {
  readonly kind: "granted";
  readonly token: string;
  readonly name: string;
  readonly mediaType: string;
  /** The largest file that the storage takes in here, in bytes. */
  readonly most: number;
}

/** Someone did. */
interface Stored extends Happening {
  readonly kind: "stored";
  readonly token: string;
  readonly sha256: string;
}

/** The provider looked at such a file, and says what it found from an instant on. */
interface Ingested extends Happening {
  readonly kind: "ingested";
  readonly token: string;
  readonly readyAt: number;
  /** How long the film lasts. Absent: there is none. */
  readonly seconds?: number;
}

/** Everything the emulator must not forget. Its whole state is the fold of these, in their order. */
export type StateRecord = Accepted | Refused | Changed | Removed | Granted | Stored | Ingested;
