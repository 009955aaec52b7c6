/* Generated from schemas/providers/viddyscribe.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = {
  inPlace: [],
  fields: [
    { path: ["input"], asset: ["video"], ids: "media:" },
    { path: ["custom_instructions"], text: true },
    { path: ["description_content"], text: true },
  ],
  maxBytes: 536870912,
};
