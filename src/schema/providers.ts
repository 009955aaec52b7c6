/* Generated from schemas/providers by scripts/build-schema.ts. */

import type { ProviderSchemas } from "../model/schema.ts";

export const providerSchemas: ProviderSchemas = {
  golpo: {
    validator: async () => (await import("./golpo.validate.js")).validate,
    notes: async () => (await import("./golpo.notes.ts")).notes,
  },
  nanogpt: {
    validator: async () => (await import("./nanogpt.validate.js")).validate,
    notes: async () => (await import("./nanogpt.notes.ts")).notes,
  },
  openrouter: {
    validator: async () => (await import("./openrouter.validate.js")).validate,
    notes: async () => (await import("./openrouter.notes.ts")).notes,
  },
  photogpt: {
    validator: async () => (await import("./photogpt.validate.js")).validate,
    notes: async () => (await import("./photogpt.notes.ts")).notes,
  },
  viddyscribe: {
    validator: async () => (await import("./viddyscribe.validate.js")).validate,
    notes: async () => (await import("./viddyscribe.notes.ts")).notes,
  },
};
