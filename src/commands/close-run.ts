import type { OpenJournal } from "../journal/journal.ts";
import type { Emulation } from "./emulation.ts";

/** Ends what a run has open: the last news within so many milliseconds, and the emulator also where they cannot be written. */
export async function closeRun(
  journal: Pick<OpenJournal, "flush">,
  emulator: Pick<Emulation, "close"> | undefined,
  within: number,
): Promise<void> {
  try {
    await journal.flush(within);
  } finally {
    await emulator?.close();
  }
}
