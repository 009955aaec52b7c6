import type { Job } from "../../src/model/job.ts";
import type { Json } from "../../src/model/json.ts";
import type { Lost, WireRequest } from "../../src/model/provider.ts";
import type { Metadata } from "../../src/model/unit.ts";

/** One question that the provider must be asked, and what it answers. `{storage}` stands for another origin. */
export interface Exchange {
  /** "GET /api/v1/videos?limit=1&offset=0" or "PUT {storage}/path". */
  readonly asks: string;
  /** The request's JSON, or its exact text. Absent: anything. */
  readonly sends?: Json;
  /** Headers that the request must have. */
  readonly carries?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text that is answered as it is. */
  readonly says: Json;
  /** The connection is closed after so many bytes of the body. */
  readonly cut?: number;
  /** How often it is asked and answered so; once unless told. */
  readonly times?: number;
}

export type Call =
  | { readonly submit: WireRequest }
  | { readonly poll: Job }
  | { readonly update: { readonly job: Job; readonly metadata: Metadata } }
  | { readonly remove: Job }
  | { readonly inspect: Job }
  | { readonly find: Lost }
  | { readonly upload: { readonly name: string; readonly mediaType: string; readonly text: string } }
  | { readonly check: { readonly [name: string]: string } }
  | { readonly balance: true }
  | { readonly models: true }
  | { readonly checkKey: true };

/** A conversation with a provider as it was, or as its documents say it is, and what must come of it. */
export interface Recording {
  readonly that: string;
  /** The kinds of behaviour that it shows; the contract says which a provider must have shown. */
  readonly shows?: readonly string[];
  readonly call: Call;
  readonly exchanges: readonly Exchange[];
  /** What the provider's function must give, exactly. */
  readonly gives?: Json;
  /** Or the ProviderError that it must throw: these of its properties. */
  readonly throws?: { readonly [property: string]: Json };
}
