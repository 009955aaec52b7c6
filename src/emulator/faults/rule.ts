import type { Json } from "../../model/json.ts";
import type { ProviderName } from "../../model/unit.ts";

export const operations = [
  "submit",
  "poll",
  "list",
  "get",
  "patch",
  "delete",
  "credits",
  "models",
  "upload",
  "verify",
  "prepare",
  "put",
  "download",
] as const;

/**
 * What a request wants. `put` and `download` go to the object storage, the others to the API itself: `verify` asks how an
 * upload stands, `prepare` has a finished file made ready to be fetched.
 */
export type Operation = (typeof operations)[number];

/** What goes wrong. */
export type Fault =
  /** An answer with this status. Nothing is done, unless `carriedOut` says that all was done and billed. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: Json;
      /** Seconds, as the header has them. */
      readonly retryAfter?: number;
      readonly carriedOut?: boolean;
    }
  /** The connection is reset before anything is done. */
  | { readonly kind: "drop-before" }
  /** All is done and billed; the connection is reset before the answer. */
  | { readonly kind: "accept-then-drop" }
  /** Nothing is done and nothing answered; after a while, 30 s unless told, the connection is closed. */
  | { readonly kind: "hang"; readonly milliseconds?: number }
  /** All is done; the answer breaks off in the middle of its body. */
  | { readonly kind: "truncate" }
  /** The answer comes late by this much of real time. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** All is done; the answer is a web page with status 200. */
  | { readonly kind: "not-json" }
  /** The job ends in failure. */
  | { readonly kind: "fails"; readonly message?: string }
  /** The job never ends. */
  | { readonly kind: "stuck" }
  /** The answer names a status that no document knows. */
  | { readonly kind: "unknown-status"; readonly word: string }
  /** The answer says that the job is done and does not say where its file is. */
  | { readonly kind: "no-url" }
  /** The answer comes without its envelope. */
  | { readonly kind: "bare" }
  /** The answer has the shape that an older version of the API gave it. */
  | { readonly kind: "old-style" }
  /** The answer has another of the shapes that its API is known for. */
  | { readonly kind: "shape"; readonly shape: Shape }
  /** The answer's link has expired already; the storage refuses it with 403. */
  | { readonly kind: "expired-link" };

/**
 * Shapes of an answer to a poll: without its envelope, with the file's address as a path of the API, as a bare text or in
 * a list, and with the words of another maker for its status.
 */
export const shapes = ["flat", "relative", "text", "list", "words"] as const;
export type Shape = (typeof shapes)[number];

/** Which requests a rule strikes. What is absent restricts nothing. */
interface Match {
  readonly provider?: ProviderName;
  readonly on?: Operation | readonly Operation[];
  /** A part of the prompt, in any case; for polls, downloads and the like, of the job's prompt. */
  readonly prompt?: string;
  /** The first of the matching requests to strike, counted from 1. */
  readonly nth?: number;
  /** How many to strike from there on: 1 unless told, or with `rate` all. */
  readonly times?: number | "always";
  /** Strike only with this probability, from 0 to 1. The seed decides. */
  readonly rate?: number;
}

/** With a rate and no kind the seed also chooses what goes wrong. */
export type FaultRule = (Match & Fault) | (Match & { readonly kind?: never; readonly rate: number });

/** Which operations each fault can strike; where a rule has no `on`, these. */
export const reach: { readonly [kind in Fault["kind"]]: readonly Operation[] } = {
  status: operations,
  "drop-before": operations,
  "accept-then-drop": operations,
  hang: operations,
  truncate: operations,
  slow: operations,
  "not-json": operations,
  fails: ["submit"],
  stuck: ["submit"],
  "unknown-status": ["poll", "get", "prepare"],
  "no-url": ["poll", "get", "prepare"],
  bare: ["get"],
  "old-style": ["poll"],
  shape: ["poll"],
  "expired-link": ["poll", "get", "list", "prepare"],
};

/** Faults that only an answer about a finished job can show; they wait for one. */
export const needsFinished: ReadonlySet<Fault["kind"]> = new Set(["no-url", "old-style", "expired-link"]);
