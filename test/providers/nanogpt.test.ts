import { usd } from "../../src/model/money.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import { contract } from "./contract.ts";
import { factsWith } from "./facts.ts";

contract({
  provider: nanogpt,
  recordings: new URL("../fixtures/nanogpt/", import.meta.url),
  request: { operation: "generate", with: { model: "veo2-video", prompt: "How tides work", duration: "5s" } },
  owes: [
    "402",
    "409",
    "413",
    "invalid-text",
    "invalid-object",
    "daily",
    "xno",
    "seed-form",
    "live-form",
    "data-url",
  ].concat(
    ["queued", "intermediate", "progress", "flat", "flat-done", "flat-failed", "other-places", "four", "relative"],
    ["moderated-output", "invalid-job", "cancelled", "former-endpoint", "no-url", "final-cost", "missing-status"],
    ["balance", "models", "upload"],
  ),
  facts: factsWith({ prices: { "veo2-video": { perSecond: usd(0.5) } } }),
});
