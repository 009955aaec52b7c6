import type { JournalEntries, UnaskedJob } from "../model/journal.ts";
import type { UnaskedRow } from "../model/result.ts";
import { counted } from "../report/unasked-text.ts";
import { providerNamed } from "./connections.ts";
import type { CommonArgs, World } from "./world.ts";

/** Those whose provider this run has a key for. A key that only they need is nothing to stop for. */
export function collectable(
  jobs: readonly UnaskedJob[],
  { emulate }: Pick<CommonArgs, "emulate">,
  { env, tell }: World,
): readonly UnaskedJob[] {
  const secretOf = ({ attempt }: UnaskedJob): string => providerNamed(attempt.provider).secret;
  const isReachable = (job: UnaskedJob): boolean => emulate || (env[secretOf(job)] ?? "").trim() !== "";
  const left = jobs.filter((job) => !isReachable(job));
  for (const secret of new Set(left.map(secretOf))) {
    const many = left.filter((job) => secretOf(job) === secret).length;
    tell(`warning ${counted(many)}, and ${many === 1 ? "is" : "are"} not collected: ${secret} is not set`);
  }
  return jobs.filter(isReachable);
}

/** What the journal says of it now. */
export function standOf(job: UnaskedJob, journal: JournalEntries): UnaskedRow {
  const { digest, attempt } = job;
  const now = journal.get(digest)?.attempts.find(({ id }) => id === attempt.id);
  return now?.state === "ready" || now?.state === "failed" ? { digest, attempt: now } : { digest, attempt };
}
