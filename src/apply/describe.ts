import type { LockEntry } from "../model/lock.ts";
import type { Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { became, note } from "./news.ts";
import type { Connection, Run } from "./ports.ts";

/** Brings title and visibility at the provider in line with the spec: in place, and free. A refusal is told and left to the next run. */
export async function describe(unit: Unit, entry: LockEntry, connection: Connection, run: Run): Promise<void> {
  const { update } = connection.provider;
  const wanted = Object.entries(unit.metadata).filter(([, value]) => value !== undefined);
  if (wanted.length === 0 || entry.state !== "ready" || entry.job === undefined || update === undefined) return;
  try {
    await update(entry.job, unit.metadata, connection.wire);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return note(run, unit, { kind: "trouble", text: `title and visibility were not changed: ${error.message}` });
  }
  await became(run, unit, { ...entry, metadata: { ...entry.metadata, ...unit.metadata } });
}
