/** The public exit codes, by what they mean. */
export const exit = {
  done: 0,
  failed: 1,
  changes: 2,
  wrongInput: 3,
  refused: 4,
  stale: 5,
  humanNeeded: 6,
  running: 7,
  usage: 64,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

const gravity: readonly number[] = [130, 64, 70, 3, 6, 5, 4, 1, 7, 2, 0];

/** Several at once: the gravest first. Nothing that applies is dropped. */
export const bySeverity = (codes: Iterable<ExitCode>): readonly ExitCode[] => {
  const unique = [...new Set(codes)].sort((a, b) => gravity.indexOf(a) - gravity.indexOf(b));
  return unique.length > 1 ? unique.filter((code) => code !== exit.done) : unique;
};

/** A person called the command in a way that cannot work. The message says what would. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;
  readonly code: ExitCode;
  constructor(message: string, hint?: string, code: ExitCode = exit.usage) {
    super(message);
    this.hint = hint;
    this.code = code;
  }
}
