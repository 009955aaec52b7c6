/* Generated from schemas/providers/openrouter.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = {
  inPlace: [],
  fields: [
    { path: ["prompt"], text: true },
    { path: ["frame_images", "*", "image_url", "url"], asset: ["image"] },
    { path: ["input_references", "*", "image_url", "url"], asset: ["image"] },
    { path: ["input_references", "*", "audio_url", "url"], asset: ["audio"], reach: "url" },
    { path: ["input_references", "*", "video_url", "url"], asset: ["video"], reach: "url" },
    { path: ["callback_url"], change: "cosmetic" },
    { path: ["session_id"], change: "cosmetic" },
    { path: ["user"], change: "cosmetic" },
    { path: ["trace"], change: "cosmetic" },
  ],
  maxBytes: 10000000,
};
