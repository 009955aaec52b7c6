import type { Catalogue, Model } from "./catalogue.ts";
import type { FailureClass, Found, Job, JobStatus, RemoteState } from "./job.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Cost, Estimate, Price, Usd } from "./money.ts";
import type { Input, Metadata, ProviderName, Request } from "./unit.ts";

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

/** How an upload stands: of use now, or still looked at by the provider, whom to ask again by these names. */
export type Uploaded =
  | { readonly state: "usable"; readonly value: Json }
  | { readonly state: "checking"; readonly names: { readonly [name: string]: string } };

/** How a local file, or what an earlier step made, gets to a provider. */
export interface Uploading {
  /** Whether one upload serves every request of a run that names the same bytes. */
  readonly shared: boolean;
  send(file: Upload, wire: Wire): Promise<Uploaded>;
  /** Asks once how an upload stands that is looked at. */
  check?(names: { readonly [name: string]: string }, wire: Wire): Promise<Uploaded>;
}

/** A request was taken on. `cost` where the provider tells it at once. */
export interface Accepted {
  readonly job: Job;
  readonly cost?: Cost;
}

/** What an answer that says no means, where the provider's own codes say more than its status. */
export interface Meaning {
  readonly class?: FailureClass;
  /** The provider's own words. */
  readonly message?: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
  /** Certainly nothing was begun, though the status alone would not say so. */
  readonly refused?: true;
}

/** What is known beside a request. It makes prices and remarks, and is never part of a digest. */
export interface Facts {
  /** The author's own prices, by model. */
  readonly prices: ReadonlyMap<string, Price>;
  readonly catalogue: Catalogue;
  /** How long a file that stands in the request lasts, in seconds, where that is known. */
  seconds(input: Input): number | undefined;
}

/** What no schema can know of a request, such as what its model takes. Errors stop a plan; warnings stand in it. */
export interface Remark {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** Where in `with`: `["frame_images", 0]`. */
  readonly path: readonly (string | number)[];
  /** Lower case, no full stop. */
  readonly message: string;
  readonly hint?: string;
}

/** The fields of a request that its provider's list shows. */
export type Traits = { readonly [field: string]: string };

/** A submit whose answer was lost, described for whoever looks for it. */
export interface Lost {
  readonly traits: Traits;
  readonly claimedAt: string;
}

/** How a submit whose answer was lost is looked for among the jobs of an account. */
export interface Search {
  /** Pure: what a request's job is known by. It is kept in the journal until it is known what became of the request. */
  traits(request: Request): Traits;
  find(lost: Lost, wire: Wire): Promise<Found>;
  /** All names of a job that is known by one of them, where the list may show it under another. */
  names?(job: Job, wire: Wire): Promise<Job>;
}

/** What a request's job is known by; undefined where neither its attempt nor a spec tells. */
export const traitsOf = (
  of: { readonly attempt: { readonly traits?: Traits }; readonly request?: Request },
  search: Search,
): Traits | undefined => of.attempt.traits ?? (of.request && search.traits(of.request));

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
  /** Pure: what an answer that says no means, by this provider's own codes. `reply` is null where it is not JSON. */
  meaning?(status: number, reply: Json): Meaning;
  /** Pure: the price of one request, before it is spent. */
  estimate(request: Request, facts: Facts): Estimate;
  /** Pure: how long a video the request asks for, in seconds, where it says so. */
  seconds?(request: Request, facts: Facts): number | undefined;
  /** Pure: what is wrong with a request, or will not be as its author thinks, that the schema cannot know. */
  remarks?(request: Request, facts: Facts): readonly Remark[];
  /** Without it, the provider takes no local files. */
  readonly upload?: Uploading;
  /** Posts exactly once. */
  submit(request: WireRequest, wire: PaidWire): Promise<Accepted>;
  poll(job: Job, wire: Wire): Promise<JobStatus>;
  update?(job: Job, metadata: Metadata, wire: Wire): Promise<void>;
  remove?(job: Job, wire: Wire): Promise<void>;
  /** Absent where the provider has no list to look in. */
  readonly search?: Search;
  inspect?(job: Job, wire: Wire): Promise<RemoteState>;
  /** A free call that fails with class `auth` when the key is wrong. */
  checkKey?(wire: Wire): Promise<void>;
  /** What the account still has, where the provider tells. */
  balance?(wire: Wire): Promise<Usd>;
  /** The provider's own list of its models, as of now. */
  models?(wire: Wire): Promise<readonly Model[]>;
}

export type Providers = { readonly [name in ProviderName]?: Provider };
