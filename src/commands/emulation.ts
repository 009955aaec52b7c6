import { join } from "node:path";
import { UsageError } from "./exit.ts";
import type { World } from "./world.ts";

/** Where the emulator answers, and how many times as fast as the real APIs its time runs. */
export interface EmulatorAddress {
  readonly url: string;
  readonly speed: number;
}

export interface Emulation {
  readonly address: EmulatorAddress;
  readonly close: () => Promise<void>;
}

/**
 * The emulator of an `--emulate` run: the one that `REELFORM_EMULATOR_URL` names, or one of our own whose jobs are kept
 * in the repository's Git folder, so that a run that was killed finds them again. Outside Git it remembers nothing.
 */
export async function emulation(gitFolder: string | undefined, world: World): Promise<Emulation> {
  const named = world.env.REELFORM_EMULATOR_URL;
  if (named !== undefined && named !== "") {
    const url = named.replace(/\/$/, "");
    return { address: { url, speed: await speedAt(url) }, close: async () => {} };
  }
  const { startEmulator } = await import("../emulator/server.ts");
  const { fileState } = await import("../emulator/file-state.ts");
  const { REELFORM_EMULATOR_SPEED: wanted = "60" } = world.env;
  const speed = Number(wanted);
  if (!(speed > 0 && speed < Number.POSITIVE_INFINITY)) {
    throw new UsageError(`REELFORM_EMULATOR_SPEED is ${wanted}`, "a number above 0 is wanted, such as 60");
  }
  const state = gitFolder === undefined ? {} : { state: fileState(join(gitFolder, "reelform", "emulator")) };
  const emulator = await startEmulator({ speed, ...state });
  return { address: { url: emulator.url, speed: emulator.speed }, close: () => emulator.close() };
}

async function speedAt(url: string): Promise<number> {
  try {
    const response = await fetch(`${url}/__emulator`);
    const { speed } = (await response.json()) as { readonly speed: number };
    return speed;
  } catch (error) {
    // `fetch` knows no other errors: no such address, nobody there, or an answer that is no JSON.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    throw new UsageError(`no emulator answers at ${url}`, "`reelform emulate` starts one; see REELFORM_EMULATOR_URL");
  }
}
