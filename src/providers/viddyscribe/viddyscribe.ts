import type { Provider, Wire } from "../../model/provider.ts";
import { answered } from "../error.ts";
import { meaning } from "./codes.ts";
import { poll } from "./poll.ts";
import { estimate, seconds } from "./price.ts";
import { apiPath, results } from "./routes.ts";
import { submit } from "./submit.ts";
import { check, upload } from "./upload.ts";

/** ViddyScribe's Enterprise API: audio descriptions as text, as a sound track, or in the film (as documented in 2026). */
export const viddyscribe: Provider = {
  name: "viddyscribe",
  secret: "VIDDYSCRIBE_API_KEY",
  baseUrlVariable: "VIDDYSCRIBE_BASE_URL",
  baseUrl: "https://api.viddyscribe.com",
  apiPath,
  limits: {
    // ViddyScribe has limits for each team and publishes none: few at once, and a 429 says when it is too many.
    slots: 4,
    submitsPerMinute: 20,
    // Ten minutes of film take about five to be described. No interval is asked for.
    poll: { first: 5_000, least: 5_000, most: 30_000 },
    // There is no list that could show a job.
    visibleAfter: 60_000,
    // A submit with an address may be answered only when ViddyScribe has looked at what is there.
    submitDeadline: 180_000,
  },
  headers: (key) => ({ "x-api-key": key }),
  meaning,
  estimate,
  seconds,
  upload: { shared: true, send: upload, check },
  submit,
  poll,
  checkKey,
};

/** No call is for this, so a job is asked for that nobody has: only a good key learns that there is none. */
async function checkKey(wire: Wire): Promise<void> {
  try {
    await wire.get(results("task_0"), () => undefined);
  } catch (error) {
    if (!answered(error, 400, 404)) throw error;
  }
}
