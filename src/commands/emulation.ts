import { join } from "node:path";
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
    const response = await fetch(`${named.replace(/\/$/, "")}/__emulator`);
    const { speed } = (await response.json()) as { readonly speed: number };
    return { address: { url: named.replace(/\/$/, ""), speed }, close: async () => {} };
  }
  const { startEmulator } = await import("../emulator/server.ts");
  const { fileState } = await import("../emulator/file-state.ts");
  const speed = Number(world.env.REELFORM_EMULATOR_SPEED ?? "60");
  const state = gitFolder === undefined ? {} : { state: fileState(join(gitFolder, "reelform", "emulator")) };
  const emulator = await startEmulator({ speed, ...state });
  return { address: { url: emulator.url, speed: emulator.speed }, close: () => emulator.close() };
}
