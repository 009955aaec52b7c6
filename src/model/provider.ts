import type { Found, Job, JobStatus, RemoteState } from "./job.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Estimate } from "./money.ts";
import type { Metadata, ProviderName, Request } from "./unit.ts";

/** Turns a reply into what the caller wants. Whatever it throws becomes a ProviderError that quotes the reply. */
export type Read<T> = (reply: Json) => T;

/**
 * What a provider may do to the outside world when nothing is billed. Keys, deadlines, safe retries, redaction and the
 * check of origins are the wire's business: whatever is wrong out there arrives as a ProviderError.
 */
export interface Wire {
  get<T>(path: string, read: Read<T>): Promise<T>;
  post<T>(path: string, body: Json | Multipart, read: Read<T>): Promise<T>;
  patch<T>(path: string, body: Json, read: Read<T>): Promise<T>;
  delete<T>(path: string, read: Read<T>): Promise<T>;
  /** Puts bytes to a pre-signed address; the key never goes there. */
  put(url: string, bytes: Uint8Array, mediaType: string): Promise<void>;
}

export interface Multipart {
  readonly file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };
  readonly fields?: { readonly [name: string]: string };
}

/** The one door that spends, open for one request: a second `post` is a bug and throws. */
export interface PaidWire {
  post<T>(path: string, body: Json | Multipart, read: Read<T>): Promise<T>;
}

/** A request whose files the provider can reach: every asset and step output is a plain value now. */
export interface WireRequest {
  readonly operation: string;
  readonly with: JsonObject;
  readonly metadata: Metadata;
}

/** A local file on its way to a provider. */
export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A submit whose answer was lost, described for whoever looks for it. */
export interface Lost {
  readonly request: Request;
  readonly metadata: Metadata;
  readonly claimedAt: string;
}

export interface Limits {
  /** Jobs in flight at once. */
  readonly slots: number;
  readonly submitsPerMinute: number;
  /** When to ask how a job is doing, in milliseconds. Never sooner than `least`. */
  readonly poll: { readonly first: number; readonly least: number; readonly most: number };
  /** How long after a submit the provider's list may not show it yet, in milliseconds. */
  readonly visibleAfter: number;
  /** How long a submit may take before its answer counts as lost, in milliseconds. */
  readonly submitDeadline: number;
}

/** A translation: it has no loop, no sleep, no retry, no file, no lock, no key and no console. */
export interface Provider {
  readonly name: ProviderName;
  /** The environment variable that holds the key. */
  readonly secret: string;
  /** The environment variable that may name another origin. */
  readonly baseUrlVariable: string;
  readonly baseUrl: string;
  /** What every path begins with. A base URL that ends with it, as other tools want it, means the same. */
  readonly apiPath?: string;
  readonly limits: Limits;
  headers(key: string): Readonly<Record<string, string>>;
  /** Pure: the price of one request, before it is spent. */
  estimate(request: Request): Estimate;
  /** Pure: how long a video the request asks for, in seconds, where it says so. */
  seconds?(request: Request): number | undefined;
  /** Makes a local file reachable for the provider and says what to put in the request. */
  upload?(file: Upload, wire: Wire): Promise<Json>;
  /** Posts exactly once. */
  submit(request: WireRequest, wire: PaidWire): Promise<Job>;
  poll(job: Job, wire: Wire): Promise<JobStatus>;
  update?(job: Job, metadata: Metadata, wire: Wire): Promise<void>;
  remove?(job: Job, wire: Wire): Promise<void>;
  /** Looks for a lost submit. Settles it when exactly one candidate fits. */
  find?(lost: Lost, wire: Wire): Promise<Found>;
  inspect?(job: Job, wire: Wire): Promise<RemoteState>;
  /** A free call that fails with class `auth` when the key is wrong. */
  checkKey?(wire: Wire): Promise<void>;
}

export type Providers = { readonly [name in ProviderName]?: Provider };
