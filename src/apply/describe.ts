import type { Job } from "../model/job.ts";
import type { Metadata, Unit } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { note } from "./news.ts";
import type { Connection, Run } from "./ports.ts";

/**
 * Brings title and visibility at the provider in line with the spec: in place, and free. Answers what the provider has
 * now; a refusal is told, and the next run tries again.
 */
export async function describe(unit: Unit, job: Job | undefined, connection: Connection, run: Run): Promise<Metadata> {
  const { update } = connection.provider;
  if (Object.keys(unit.metadata).length === 0 || job === undefined || update === undefined) return {};
  try {
    await update(job, unit.metadata, connection.wire);
    return unit.metadata;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await note(run, unit, { kind: "trouble", text: `title and visibility were not changed: ${error.message}` });
    return {};
  }
}
