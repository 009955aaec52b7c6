/** An engine without one of its precautions. */
export interface Broken {
  /** "An engine that …" */
  readonly what: string;
  readonly file: string;
  readonly says: string;
  readonly instead: string;
  /** How many times as many stories it takes, for what is seldom met. */
  readonly times?: number;
}

export const brokenEngines: readonly Broken[] = [
  {
    what: "sends again after an unclear answer",
    file: "src/apply/begin.ts",
    says: "      lane.began();\n      return inDoubt(unit, intent, sent.error, run);",
    instead: "      continue;",
  },
  {
    what: "believes a single listing",
    file: "src/apply/look-for.ts",
    says: "if (empty === 2)",
    instead: "if (empty === 1)",
  },
  {
    what: "takes a job that another request may have begun",
    file: "src/apply/look-for.ts",
    says: "if (rival === undefined && take(only.job)) return",
    instead: "return",
    times: 4,
  },
  {
    what: "never looks for what no spec asks for any more",
    file: "src/plan/unasked.ts",
    says: "return [...journalled, ...openInLocks(known, emulated)]",
    instead: "return [...openInLocks(known, emulated)]",
  },
  {
    what: "has claims that never end",
    file: "src/journal/alive.ts",
    says: "return now <= Date.parse(attempt.claimedAt) + lease;",
    instead: "return now >= 0;",
  },
  {
    what: "waits for claims of its own CI run's earlier attempt",
    file: "src/journal/alive.ts",
    says: "theirs.ci.attempt < runner.ci.attempt",
    instead: "theirs.ci.attempt < 0",
  },
  {
    what: "never brings to the remote what it began alone",
    file: "src/journal/pushed-ledger.ts",
    says: "return [...near.snapshot().entries.values(), ...unanswered",
    instead: "return [...unanswered",
  },
  {
    what: "goes on alone though nobody allowed it",
    file: "src/journal/pushed-ledger.ts",
    says: "alone ??= mayGoOn(",
    instead: "alone ??= ((_why: string) => true)(",
    times: 4,
  },
  {
    what: "sends without another look at a claim that was granted late",
    file: "src/apply/begin.ts",
    says: "clock.monotonic() - asked > freshness(connection)",
    instead: "clock.monotonic() - asked < 0",
    times: 12,
  },
  {
    what: "makes again what has failed since it was planned",
    file: "src/journal/decide.ts",
    says: "attempt.begun && !seen;",
    instead: "attempt.begun && attempt.state !== attempt.state && !seen;",
    times: 4,
  },
  {
    what: "forgets old jobs that failed",
    file: "src/journal/garbage.ts",
    says: "at === entry.attempts.length - 1 || !isGarbage(attempt, before)",
    instead: 'attempt.state === "failed" ? Date.parse(attempt.failedAt) > before : at >= 0',
  },
  {
    what: "forgets old claims",
    file: "src/journal/garbage.ts",
    says: "at === entry.attempts.length - 1 || !isGarbage(attempt, before)",
    instead: 'attempt.state === "claimed" ? Date.parse(attempt.claimedAt) > before : at >= 0',
  },
  {
    what: "gives every shard the whole plan",
    file: "src/plan/shard.ts",
    says: "hash(cellOf(idOf(action))) % of === index - 1;",
    instead: "of >= index && action !== undefined;",
  },
  {
    what: "has a video that is in no shard",
    file: "src/plan/shard.ts",
    says: "hash(cellOf(idOf(action))) % of === index - 1;",
    instead: "hash(cellOf(idOf(action))) % (of + 1) === index - 1;",
  },
  {
    what: "sends the request although its file did not go up",
    file: "src/apply/prepare.ts",
    says: "    return run.ports.files.reach(file, connection);",
    instead: '    return run.ports.files.reach(file, connection).catch(() => "nothing");',
  },
  {
    what: "sends a shared file for each request",
    file: "src/commands/reach.ts",
    says: "if (!provider.upload.shared) return",
    instead: "return",
  },
];
