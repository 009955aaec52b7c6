import type { Provider } from "../../model/provider.ts";
import { search } from "./find.ts";
import { poll } from "./poll.ts";
import { estimate, seconds } from "./price.ts";
import { apiPath, ping } from "./routes.ts";
import { submit } from "./submit.ts";
import { inspect } from "./video.ts";
import { meaning } from "./words.ts";

/**
 * PhotoGPT's developer API, version 1: Veo, Seedance, Kling and Grok Imagine (as documented in 2026). It takes addresses
 * and no files. Whether a video can be deleted is nowhere written, so nothing here does.
 */
export const photogpt: Provider = {
  name: "photogpt",
  secret: "PHOTOGPT_API_KEY",
  baseUrlVariable: "PHOTOGPT_BASE_URL",
  baseUrl: "https://developer.photogptai.com",
  apiPath,
  limits: {
    // PhotoGPT asks not to have many jobs active and publishes no figures.
    slots: 2,
    submitsPerMinute: 10,
    // Its samples ask every 8 s for a job and every 5 s for a download.
    poll: { first: 8_000, least: 5_000, most: 30_000 },
    // The list shows finished videos only; a client of others' gives a job six minutes.
    visibleAfter: 360_000,
    submitDeadline: 120_000,
  },
  headers: (key) => ({ authorization: `Bearer ${key}`, "api-version": "1" }),
  meaning,
  estimate,
  seconds,
  submit,
  poll,
  search,
  inspect,
  checkKey: (wire) => wire.get(ping, () => undefined),
};
