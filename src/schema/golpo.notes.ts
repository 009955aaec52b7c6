/* Generated from schemas/providers/golpo.schema.json by scripts/build-schema.ts. */

import type { FieldNotes } from "../model/schema.ts";

export const notes: FieldNotes = {
  inPlace: ["title", "visibility"],
  fields: [
    { path: ["prompt"], text: true },
    { path: ["new_script"], text: true },
    { path: ["audio_clip"], asset: ["audio", "video"] },
    { path: ["upload_urls", "*"], asset: ["document", "image"] },
    { path: ["video_instructions"], text: true },
    { path: ["voice_instructions"], text: true },
    { path: ["input_images", "*"], asset: ["image"] },
    { path: ["user_images", "*"], asset: ["image"] },
    { path: ["user_videos", "*"], asset: ["video"] },
    { path: ["logo"], asset: ["image"] },
    { path: ["is_public"], change: "in-place", metadata: "visibility" },
  ],
  maxBytes: 15000000,
};
