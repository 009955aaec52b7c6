import type { Providers } from "../model/provider.ts";
import { golpo } from "./golpo/golpo.ts";
import { nanogpt } from "./nanogpt/nanogpt.ts";
import { openrouter } from "./openrouter/openrouter.ts";
import { photogpt } from "./photogpt/photogpt.ts";
import { viddyscribe } from "./viddyscribe/viddyscribe.ts";

/** Every provider there is. A new one is a file and a line here. */
export const providers = { golpo, nanogpt, openrouter, photogpt, viddyscribe } satisfies Providers;
