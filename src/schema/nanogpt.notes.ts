/* Generated from schemas/providers/nanogpt.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = {
  inPlace: [],
  fields: [
    { path: ["prompt"], text: true },
    { path: ["negative_prompt"], text: true },
    { path: ["imageUrl"], asset: ["image"], ids: "data:" },
    { path: ["imageDataUrl"], asset: ["image"], ids: "data:" },
    { path: ["last_image"], asset: ["image"], reach: "url" },
    { path: ["image_tail"], asset: ["image"], reach: "url" },
    { path: ["referenceImages", "*"], asset: ["image"], ids: "data:" },
    { path: ["referenceVideos", "*"], asset: ["video"], ids: "data:" },
    { path: ["videoUrl"], asset: ["video"], ids: "data:" },
    { path: ["videoDataUrl"], asset: ["video"], ids: "data:" },
    { path: ["video"], asset: ["video"], reach: "url" },
    { path: ["audioUrl"], asset: ["audio"], ids: "data:" },
    { path: ["audioDataUrl"], asset: ["audio"], ids: "data:" },
    { path: ["conversationUUID"], change: "cosmetic" },
  ],
  maxBytes: 4194304,
};
