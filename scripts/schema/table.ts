import type { Source } from "./sources.ts";

/** A module that knows where the generated files of each provider are, and loads only those that are asked for. */
export function tableOf(providers: readonly Source[]): string {
  const rows = providers.map(({ name }) =>
    [
      `  ${name}: {`,
      `    validator: async () => (await import("./${name}.validate.js")).validate,`,
      `    notes: async () => (await import("./${name}.notes.ts")).notes,`,
      "  },",
    ].join("\n"),
  );
  return `/* Generated from schemas/providers by scripts/build-schema.ts. */

import type { ProviderSchemas } from "../model/schema.ts";

export const providerSchemas: ProviderSchemas = {
${rows.join("\n")}
};
`;
}
