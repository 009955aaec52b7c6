import { golpo } from "../../src/providers/golpo/golpo.ts";
import { lifecycle } from "./lifecycle.ts";

lifecycle({
  provider: golpo,
  operation: "generate",
  with: { timing: "0.25", language: "en", video_type: "long", include_watermark: true },
  picture: "logo",
});
