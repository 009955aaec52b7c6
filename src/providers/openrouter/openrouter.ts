import type { Provider } from "../../model/provider.ts";
import { balance, checkKey } from "./account.ts";
import { seconds } from "./asked.ts";
import { meaning } from "./codes.ts";
import { models } from "./models.ts";
import { poll } from "./poll.ts";
import { estimate } from "./price.ts";
import { remarks } from "./remarks.ts";
import { apiPath } from "./routes.ts";
import { submit } from "./submit.ts";
import { upload } from "./upload.ts";

/** OpenRouter's video API: many makers' models behind one submit, one poll and one bill (as documented in 2026). */
export const openrouter: Provider = {
  name: "openrouter",
  secret: "OPENROUTER_API_KEY",
  baseUrlVariable: "OPENROUTER_BASE_URL",
  baseUrl: "https://openrouter.ai",
  apiPath,
  limits: {
    // OpenRouter publishes no limit for paid models: what is too much at once, its budget in flight says.
    slots: 6,
    submitsPerMinute: 20,
    // Its pages ask for 10 to 30 s between two polls; a video takes from half a minute to several.
    poll: { first: 10_000, least: 10_000, most: 30_000 },
    // There is no list that could show a job.
    visibleAfter: 60_000,
    // A submit takes about 3 s to be answered; pictures that travel inside it take longer to arrive.
    submitDeadline: 120_000,
  },
  headers: (key) => ({ authorization: `Bearer ${key}` }),
  meaning,
  estimate,
  seconds,
  remarks,
  upload: { shared: true, send: upload },
  submit,
  poll,
  checkKey,
  balance,
  models,
};
