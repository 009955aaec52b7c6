import type { Provider } from "../../model/provider.ts";
import { balance } from "./balance.ts";
import { meaning } from "./codes.ts";
import { seconds } from "./length.ts";
import { models } from "./models.ts";
import { poll } from "./poll.ts";
import { estimate } from "./price.ts";
import { remarks } from "./remarks.ts";
import { apiPath, checkBalance } from "./routes.ts";
import { submit } from "./submit.ts";
import { upload } from "./upload.ts";

/** NanoGPT's video API: many makers' models behind one request (as documented from November 2025 to August 2026). */
export const nanogpt: Provider = {
  name: "nanogpt",
  secret: "NANOGPT_API_KEY",
  baseUrlVariable: "NANOGPT_BASE_URL",
  baseUrl: "https://nano-gpt.com",
  apiPath,
  limits: {
    // NanoGPT says nothing of jobs at once, and 50 submits a minute from one address.
    slots: 8,
    submitsPerMinute: 50,
    // Every five seconds is NanoGPT's advice; a video takes minutes, so later looks may be further apart.
    poll: { first: 5_000, least: 5_000, most: 15_000 },
    // How soon a run is listed is not said: as long as a submit may take.
    visibleAfter: 120_000,
    submitDeadline: 120_000,
  },
  headers: (key) => ({ "x-api-key": key }),
  meaning,
  estimate,
  seconds,
  remarks,
  upload: { shared: true, send: upload },
  submit,
  poll,
  balance,
  models,
  checkKey: (wire) => wire.post(checkBalance, {}, () => undefined),
};
