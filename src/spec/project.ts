import type { JsonObject } from "../model/json.ts";
import { type Price, type Usd, usd } from "../model/money.ts";
import type { Checked, Problem } from "../model/problem.ts";
import { type ProviderName, providerNames, type RepoPath } from "../model/unit.ts";
import type { WrittenProject, WrittenProviderSettings } from "../schema/project.types.ts";
import { type Document, parseDocument } from "./document.ts";
import { mistake } from "./mistake.ts";
import { checkDocument } from "./schema.ts";
import { settled } from "./settled.ts";
import type { Validators } from "./validators.ts";

export interface ProviderSettings {
  /** Undefined leaves it to the provider's own advice. */
  readonly concurrency: number | undefined;
  readonly submitsPerMinute: number | undefined;
  readonly prices: ReadonlyMap<string, Price>;
}

export type StoreSettings =
  | { readonly to: "directory"; readonly path: RepoPath; readonly commit: boolean }
  | { readonly to: "github-release"; readonly repository: string | undefined; readonly tag: string }
  | {
      readonly to: "s3";
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string | undefined;
      readonly endpoint: string | undefined;
      readonly publicUrl: string | undefined;
    };

/** What holds for all videos, with every absence settled. */
export interface Project {
  /** Undefined when there is no project file. */
  readonly document: Document | undefined;
  readonly videos: RepoPath;
  readonly vars: { readonly [name: string]: string | number | boolean };
  readonly defaults: { readonly [name in ProviderName]?: JsonObject };
  /** How the providers that the file names are treated; `settingsFor` knows of the others. */
  readonly providers: ReadonlyMap<ProviderName, ProviderSettings>;
  readonly store: StoreSettings;
  readonly budget: {
    readonly perRun: Usd | undefined;
    readonly perMonth: Usd | undefined;
    readonly unknown: "ask" | "allow" | "deny";
  };
  readonly policy: {
    /** Undefined allows all. */
    readonly providers: readonly ProviderName[] | undefined;
    readonly maxSeconds: number | undefined;
  };
}

/** Reads the project file. */
export function parseProject(file: RepoPath, text: string, validators: Pick<Validators, "project">): Checked<Project> {
  const parsed = parseDocument(file, text);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const shape = settled(checkDocument(validators.project, document), () => resolved(document, writtenIn(document)));
  if (!shape.ok) return shape;
  return settled([...shape.warnings, ...hidingSpecs(document, shape.value)], () => shape.value);
}

/** A folder of files that are not committed tells Git to pass over all that is in it. */
function hidingSpecs(document: Document, { store, videos }: Project): readonly Problem[] {
  if (store.to !== "directory" || store.commit || !`${videos}/`.startsWith(`${store.path}/`)) return [];
  const message = `${store.path} holds the specs, and Git would pass over them as over the files that are kept there`;
  return [mistake(document, ["store"], { code: "store-hides-specs", message, hint: "name another folder for files" })];
}

/** What the schema has just vouched for. */
const writtenIn = ({ value }: { readonly value: object }): WrittenProject => value as WrittenProject;

function resolved(document: Document | undefined, written: Omit<WrittenProject, "version">): Project {
  return {
    document,
    videos: folder(written.videos ?? "videos"),
    vars: written.vars ?? {},
    defaults: written.defaults ?? {},
    providers: new Map(
      providerNames.flatMap((name) => {
        const own = written.providers?.[name];
        return own === undefined ? [] : [[name, settings(own)] as const];
      }),
    ),
    store: store(written.store),
    budget: {
      perRun: amount(written.budget?.perRun),
      perMonth: amount(written.budget?.perMonth),
      unknown: written.budget?.unknown ?? "ask",
    },
    policy: { providers: written.policy?.providers, maxSeconds: written.policy?.maxSeconds },
  };
}

/** How a provider is treated; one that nobody says anything of, as it advises itself. */
export const settingsFor = ({ providers }: Pick<Project, "providers">, name: ProviderName): ProviderSettings =>
  providers.get(name) ?? settings({});

const settings = (written: WrittenProviderSettings): ProviderSettings => ({
  concurrency: written.concurrency,
  submitsPerMinute: written.submitsPerMinute,
  prices: new Map(
    Object.entries(written.prices ?? {}).map(([model, price]) => [
      model,
      Object.fromEntries(Object.entries(price).map(([part, amount]) => [part, usd(amount)])),
    ]),
  ),
});

function store(written: WrittenProject["store"]): StoreSettings {
  switch (written?.to) {
    case undefined:
      return { to: "directory", path: folder("out"), commit: false };
    case "directory":
      return { to: "directory", path: folder(written.path ?? "out"), commit: written.commit ?? false };
    case "github-release":
      return { to: "github-release", repository: written.repository, tag: written.tag ?? "reelform" };
    case "s3":
      return {
        to: "s3",
        bucket: written.bucket,
        prefix: folder(written.prefix ?? ""),
        region: written.region,
        endpoint: written.endpoint?.replace(/\/$/, ""),
        publicUrl: written.publicUrl?.replace(/\/$/, ""),
      };
  }
}

const amount = (written: number | string | undefined): Usd | undefined =>
  written === undefined ? undefined : usd(written);

/** The one way to write a folder: "./out/" is "out". */
const folder = (written: string): RepoPath => written.replace(/^\.\//, "").replace(/\/$/, "") as RepoPath;

/** What holds where there is no project file. */
export const noProject: Project = resolved(undefined, {});
