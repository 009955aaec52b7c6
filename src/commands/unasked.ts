import type { Connection } from "../apply/ports.ts";
import { goesOn, type JournalEntries, type Unasked } from "../model/journal.ts";
import type { UnaskedRow } from "../model/result.ts";
import type { ProviderName } from "../model/unit.ts";
import { doubtsCounted, jobsCounted } from "../report/unasked-text.ts";
import { checkKeys, providerNamed } from "./connections.ts";
import { UsageError } from "./exit.ts";
import type { CommonArgs, World } from "./world.ts";

/** Those whose provider this run has a key for, or needs none for. A key that only they need is nothing to stop for. */
export function reachable(
  unasked: readonly Unasked[],
  { emulate }: Pick<CommonArgs, "emulate">,
  { env, tell }: World,
): readonly Unasked[] {
  const secretOf = ({ attempt }: Unasked): string => providerNamed(attempt.provider).secret;
  const isReachable = (one: Unasked): boolean =>
    emulate || !goesOn(one.attempt) || (env[secretOf(one)] ?? "").trim() !== "";
  const left = unasked.filter((one) => !isReachable(one));
  for (const secret of new Set(left.map(secretOf))) {
    const ours = left.filter((one) => secretOf(one) === secret);
    const jobs = ours.filter(({ attempt }) => attempt.state === "submitted").length;
    const doubts = ours.length - jobs;
    if (jobs > 0) tell(`warning ${jobsCounted(jobs)}, and ${isOrAre(jobs)} not collected: ${secret} is not set`);
    if (doubts > 0)
      tell(`warning ${doubtsCounted(doubts)}, and ${isOrAre(doubts)} not looked for: ${secret} is not set`);
  }
  return unasked.filter(isReachable);
}

/** Those whose keys are accepted now. A provider that only they need stops nothing else. */
export async function withKeys(
  unasked: readonly Unasked[],
  connect: (name: ProviderName) => Connection,
  world: World,
  emulated: boolean,
): Promise<readonly Unasked[]> {
  const refused = new Set<ProviderName>();
  for (const name of new Set(unasked.filter(({ attempt }) => goesOn(attempt)).map(({ attempt }) => attempt.provider))) {
    try {
      await checkKeys([name], connect, world, emulated);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      world.tell(`warning ${error.message}; what no spec here asks for is left as it is`);
      refused.add(name);
    }
  }
  return unasked.filter(({ attempt }) => !goesOn(attempt) || !refused.has(attempt.provider));
}

const isOrAre = (many: number): string => (many === 1 ? "is" : "are");

/** What the journal says of it now. */
export function standOf({ digest, attempt }: Unasked, journal: JournalEntries): UnaskedRow {
  const now = journal.get(digest)?.attempts.find(({ id }) => id === attempt.id);
  return { digest, attempt: now ?? attempt };
}
