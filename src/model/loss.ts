import type { FailureClass, Job } from "./job.ts";
import type { Cost } from "./money.ts";
import type { ProviderName, UnitId } from "./unit.ts";

/** A request that a provider took on, or may have, and that came to nothing: it may have been charged all the same. */
export interface Loss {
  readonly unit: UnitId;
  readonly provider: ProviderName;
  /** Absent where nobody knows whether it was taken on. */
  readonly job?: Job;
  readonly class: FailureClass;
  readonly message: string;
  /** When it was written down that it is about to be sent. */
  readonly claimedAt?: string;
  readonly submittedAt?: string;
  readonly endedAt?: string;
  /** What the provider says that it billed. */
  readonly cost?: Cost;
  /** What it was expected to cost. A decimal of dollars. */
  readonly estimate?: string;
}
