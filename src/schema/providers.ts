/* Generated from schemas/providers by scripts/build-schema.ts. */

import type { ProviderSchemas } from "../model/schema.ts";

export const providerSchemas: ProviderSchemas = {};
