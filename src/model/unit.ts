import type { Json, JsonObject } from "./json.ts";
import type { Usd } from "./money.ts";
import type { Location } from "./problem.ts";

/** `onboarding/intro`, `onboarding/intro@es`, `onboarding/intro@es#describe`. */
export type UnitId = string & { readonly __brand: "UnitId" };
/** A spec's own name, without cell and step. */
export type SpecId = string & { readonly __brand: "SpecId" };
/** A path inside the repository, relative to the project's folder, with forward slashes. */
export type RepoPath = string & { readonly __brand: "RepoPath" };
export type Digest = `sha256:${string}`;
/** Every provider there is, in the order in which they are shown. */
export const providerNames = ["golpo", "viddyscribe", "nanogpt", "photogpt", "openrouter"] as const;
export type ProviderName = (typeof providerNames)[number];
export type OutputRole = "video" | "audio" | "captions" | "script" | "poster" | "lastFrame" | "data";

/** A file of the repository that leaves the machine with a request. What counts is its content. */
export interface Asset {
  readonly asset: RepoPath;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** The provider fetches the file itself, so it must lie where anybody can. */
  readonly reach?: "url";
}

/** What an earlier step made, standing where an input belongs. */
export interface StepOutput {
  readonly step: UnitId;
  readonly digest: Digest;
  /** The earlier unit's take. */
  readonly take: number;
  readonly role: OutputRole;
  readonly reach?: "url";
}

/** A value of a request: JSON, in which an asset or a step output may stand wherever the provider takes a file. */
export type Input = Json | Asset | StepOutput | readonly Input[] | { readonly [key: string]: Input };

/** The fully resolved input of a unit, in the provider's own field names. Absent means absent. */
export interface Request {
  readonly operation: string;
  readonly with: { readonly [field: string]: Input };
}

/** What can be changed in place, free of charge, where the provider can. Absent means: no opinion. */
export interface Metadata {
  readonly title?: string;
  readonly visibility?: "private" | "public";
}

/** The first eight hexadecimal digits of a sha256: enough to say that a field changed. */
export type ShortHash = string;

/** What ought to exist, fully resolved; no optional field means "default". */
export interface Unit {
  readonly id: UnitId;
  readonly specId: SpecId;
  readonly spec: RepoPath;
  readonly step: string;
  readonly provider: ProviderName;
  readonly request: Request;
  readonly digest: Digest;
  /** 1 for the first result of a request; a higher one asks for another of the same. Part of the digest. */
  readonly take: number;
  readonly fields: { readonly [field: string]: ShortHash };
  /** Only what this provider can change in place. */
  readonly metadata: Metadata;
  readonly labels: { readonly [label: string]: string };
  readonly protect: boolean;
  /** The author's ceiling for one full generation of the whole spec. */
  readonly max: Usd | undefined;
  readonly needs: readonly UnitId[];
  readonly at: Location;
}

export const isAsset = (input: Input | undefined): input is Asset =>
  typeof input === "object" && input !== null && "asset" in input && "sha256" in input;

export const isStepOutput = (input: Input | undefined): input is StepOutput =>
  typeof input === "object" && input !== null && "step" in input && "role" in input && "digest" in input;

/** Every local file that a request would send away, in the order of its fields. */
export const assetsOf = (input: Input): readonly Asset[] => filesIn(input).filter((file) => isAsset(file));

/** Every file of an earlier step that a request asks for, in the order of its fields. */
export const stepOutputsOf = (input: Input): readonly StepOutput[] =>
  filesIn(input).filter((file) => isStepOutput(file));

function filesIn(input: Input): readonly (Asset | StepOutput)[] {
  if (isAsset(input) || isStepOutput(input)) return [input];
  if (typeof input !== "object" || input === null) return [];
  return (Array.isArray(input) ? input : Object.values(input as JsonObject)).flatMap(filesIn);
}
