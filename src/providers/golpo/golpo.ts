import type { Provider } from "../../model/provider.ts";
import { search } from "./find.ts";
import { poll } from "./poll.ts";
import { estimate, seconds } from "./price.ts";
import { apiPath, list } from "./routes.ts";
import { submit } from "./submit.ts";
import { upload } from "./upload.ts";
import { inspect, remove, update } from "./video.ts";

/** Golpo's REST interface, version 1 (as documented in April and May 2026). */
export const golpo: Provider = {
  name: "golpo",
  secret: "GOLPO_API_KEY",
  baseUrlVariable: "GOLPO_BASE_URL",
  baseUrl: "https://api.golpoai.com",
  apiPath,
  limits: {
    // Golpo's advice: three jobs in parallel. It publishes no rate for submits.
    slots: 3,
    submitsPerMinute: 30,
    // Golpo's own command line waits 5 s at first and 30 s at most; a video takes 2 to 10 minutes.
    poll: { first: 5_000, least: 5_000, most: 30_000 },
    // A submit may take four minutes before its video exists, so a list read sooner proves no absence.
    visibleAfter: 240_000,
    submitDeadline: 240_000,
  },
  headers: (key) => ({ "x-api-key": key }),
  estimate,
  seconds,
  upload: { shared: false, send: upload },
  submit,
  poll,
  update,
  remove,
  search,
  inspect,
  checkKey: (wire) => wire.get(list(1, 0), () => undefined),
};
