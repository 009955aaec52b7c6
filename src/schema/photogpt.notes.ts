/* Generated from schemas/providers/photogpt.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = {
  inPlace: [],
  fields: [
    { path: ["prompt"], text: true },
    { path: ["referenceImages", "*", "url"], asset: ["image"], reach: "url" },
    { path: ["referenceVideos", "*", "url"], asset: ["video"], reach: "url" },
    { path: ["options", "veo", "negativePrompt"], text: true },
  ],
};
