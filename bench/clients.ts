import type { Client } from "./client.ts";

export const reelform = (concurrency: number): Client => ({
  name: `reelform, ${concurrency} at once`,
  program: "reelform/engine.ts",
  concurrency,
});

export const plimit = (concurrency: number): Client => ({
  name: `p-limit ${concurrency}, every 5 s`,
  program: "peers/plimit.ts",
  concurrency,
});

export const doc5s: Client = { name: "guide: every 5 s, 120 times", program: "peers/doc5s.ts", concurrency: 0 };
export const doc8s: Client = { name: "guide: every 8 s", program: "peers/doc8s.ts", concurrency: 0 };
