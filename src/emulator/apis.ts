import type { ProviderName } from "../model/unit.ts";
import type { OpenApi } from "./api.ts";
import { golpo } from "./golpo/golpo.ts";
import { nanogpt } from "./nanogpt/nanogpt.ts";
import { openrouter } from "./openrouter/openrouter.ts";
import { photogpt } from "./photogpt/photogpt.ts";
import { viddyscribe } from "./viddyscribe/viddyscribe.ts";

/** Every emulated API, by the name under which it is mounted. */
export const apis: { readonly [name in ProviderName]?: OpenApi } = {
  golpo,
  nanogpt,
  openrouter,
  photogpt,
  viddyscribe,
};
