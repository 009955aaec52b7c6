import type { RefusedField } from "../model/event.ts";
import type { FailureClass } from "../model/job.ts";

/**
 * How far a paid request came. `notSent`: no byte was written. `refused`: a complete answer that says no. `unknown`:
 * all else. Only the first two may ever be sent again.
 */
export type Outcome = "notSent" | "refused" | "unknown";

/** The outside world said no, or said nothing. Everything else that is thrown is a bug of ours. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly class: FailureClass;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** Milliseconds that the provider asked us to wait. */
  readonly retryAfter: number | undefined;
  /** What the provider says of single fields of the request: `["timing"]`, and its words. */
  readonly fields: readonly FieldError[];

  constructor(
    message: string,
    facts: {
      readonly class: FailureClass;
      readonly outcome: Outcome;
      readonly status?: number | undefined;
      readonly retryAfter?: number | undefined;
      readonly fields?: readonly FieldError[] | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.class = facts.class;
    this.outcome = facts.outcome;
    this.status = facts.status;
    this.retryAfter = facts.retryAfter;
    this.fields = facts.fields ?? [];
  }
}

export type FieldError = RefusedField;

/** Whether somebody out there answered, with one of these statuses. */
export const answered = (error: unknown, ...statuses: readonly number[]): error is ProviderError =>
  error instanceof ProviderError && error.status !== undefined && statuses.includes(error.status);

export const isGone = (error: unknown): error is ProviderError => answered(error, 404, 410);
