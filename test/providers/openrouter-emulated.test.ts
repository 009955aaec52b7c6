import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { lifecycle } from "./lifecycle.ts";

lifecycle({
  provider: openrouter,
  operation: "generate",
  with: { model: "google/veo-3.1-fast", duration: 4, resolution: "720p", generate_audio: false },
});
