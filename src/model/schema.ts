import type { AssetKind } from "./input.ts";
import type { ProviderName } from "./unit.ts";

/** One complaint of a compiled schema, with the schema and the value it is about. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  readonly message?: string;
  /** The key that was refused, where the names of keys are checked. */
  readonly propertyName?: string;
  readonly data?: unknown;
  readonly schema?: unknown;
  readonly parentSchema?: unknown;
}

/** A schema compiled to a function. It leaves its complaints on itself, so read them before the next call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** What a schema says of a field beyond its type. `path` holds "*" where any item of a list may stand. */
export interface FieldNote {
  readonly path: readonly string[];
  /** The string may be a file of the repository or an earlier step's output; of any of these kinds. */
  readonly asset?: readonly AssetKind[];
  /** The provider fetches the file itself, so only a public address does (`x-reach`). */
  readonly reach?: "url";
  /** What an id of the provider's own, in place of a file, begins with: "media:" (`x-ids`). */
  readonly ids?: string;
  /** May be written `{ file: notes/intro.md }`; the content counts. */
  readonly text?: true;
  /** What a change costs. Absent means that it asks for a new generation. */
  readonly change?: "cosmetic" | "in-place";
  /** The metadata that this field is another name of. */
  readonly metadata?: "title" | "visibility";
}

/** What is known of a provider's `with` without validating one. */
export interface FieldNotes {
  /** The metadata that this provider changes in place. */
  readonly inPlace: readonly ("title" | "visibility")[];
  readonly fields: readonly FieldNote[];
  /** The largest file that this provider takes (`x-max-bytes`). */
  readonly maxBytes?: number;
}

/** Where the schema of each provider is loaded from, once somebody uses that provider. */
export type ProviderSchemas = {
  readonly [name in ProviderName]?: {
    readonly validator: () => Promise<Validate>;
    readonly notes: () => Promise<FieldNotes>;
  };
};
