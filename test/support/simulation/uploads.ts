import type { Uploading } from "../../../src/model/provider.ts";
import { ProviderError } from "../../../src/providers/error.ts";
import type { Faults } from "./faults.ts";
import type { Life } from "./scheduler.ts";

/** A file that a run sent up, or began to. */
export interface SentFile {
  readonly sha256: string;
  readonly sender: Life;
  /** Whether all of it arrived, and a request may name it. */
  usable: boolean;
}

type Chance = (fault: keyof Faults) => boolean;

/** What a provider holds of files. An address is given out first, and the bytes come in pieces: whoever dies leaves a part. */
export class Uploads {
  readonly #files = new Map<string, SentFile>();
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  at(address: unknown): SentFile | undefined {
    return typeof address === "string" ? this.#files.get(address) : undefined;
  }

  get all(): readonly SentFile[] {
    return [...this.#files.values()];
  }

  /** The way of one run's files to this provider. */
  of(life: Life, shared: boolean): Uploading {
    return {
      shared,
      send: async ({ sha256 }) => {
        const address = `upload-${this.#files.size + 1}`;
        const file: SentFile = { sha256, sender: life, usable: false };
        this.#files.set(address, file);
        await this.#piece(life);
        if (this.#chance("uploadRefused")) throw refusal(life);
        await this.#piece(life);
        if (this.#chance("uploadSlow")) return { state: "checking", names: { address } };
        file.usable = true;
        return { state: "usable", value: address };
      },
      check: ({ address = "" }) =>
        life.outside(() => {
          const file = this.#files.get(address);
          if (file === undefined) throw new Error(`${address} was never begun`);
          if (life.scheduler.random() < stillChecking) return { state: "checking", names: { address } };
          file.usable = true;
          return { state: "usable", value: address };
        }),
    };
  }

  async #piece(life: Life): Promise<void> {
    await life.outside(() => {
      if (this.#chance("uploadLost")) throw trouble("provider", "unknown", "socket hang up");
    }, 200);
  }
}

/** How often a file that is looked at is not done with a second later. Some are never: then patience ends. */
const stillChecking = 0.95;

const refusals = [
  ["invalid", 415, "this is no picture"],
  ["quota", 402, "no credit"],
  ["rate", 429, "slow down"],
] as const;

function refusal({ scheduler }: Life): ProviderError {
  const [failure, status, message] = refusals[Math.floor(scheduler.random() * refusals.length)] ?? refusals[0];
  return trouble(failure, "refused", message, status);
}

const trouble = (
  failure: ProviderError["class"],
  outcome: ProviderError["outcome"],
  message: string,
  status?: number,
): ProviderError => new ProviderError(message, { class: failure, outcome, status });
