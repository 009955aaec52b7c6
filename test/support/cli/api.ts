import { onTestFinished } from "vitest";
import type { LedgerEntry } from "../../../src/emulator/ledger.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/server.ts";

/** A request as the emulator saw it: `POST /golpo/api/v1/videos/generate`. */
export type Seen = string;

/** The emulated APIs in the test's own process, with everything that reached them. */
export interface Api {
  readonly url: string;
  readonly emulator: Emulator;
  /** Every request to the APIs and their object storage, in order. */
  readonly seen: readonly Seen[];
  /** Jobs that were taken on, and so paid for. */
  accepted(): readonly Extract<LedgerEntry, { kind: "accepted" }>[];
  /** What makes a run that is not emulated talk to this API. */
  readonly real: Readonly<Record<string, string>>;
}

/** So fast that a job of a minute ends in some milliseconds. */
const fast = 3_000;

/** Starts the emulated APIs for as long as the test runs. */
export async function api(
  options: Omit<EmulatorOptions, "onRequest"> & { watch?(request: Seen): void } = {},
): Promise<Api> {
  const { watch, ...rest } = options;
  const seen: Seen[] = [];
  const emulator = await startEmulator({
    speed: fast,
    ...rest,
    onRequest: ({ method, url }) => {
      const request = `${method} ${new URL(url).pathname}`;
      seen.push(request);
      watch?.(request);
    },
  });
  onTestFinished(() => emulator.close());
  return {
    url: emulator.url,
    emulator,
    seen,
    accepted: () => emulator.ledger().filter((entry) => entry.kind === "accepted"),
    real: { GOLPO_BASE_URL: `${emulator.url}/golpo`, GOLPO_API_KEY: "key-of-a-test" },
  };
}
