import type { Connection } from "./ports.ts";

/**
 * A reading of the journal is trusted for a tenth of the delay of the provider's list. Whoever settles our claim waits that
 * much longer than the delay before the list is believed, and so still sees a request that was sent on such a reading.
 * Never less than a second, for emulators in a hurry. Milliseconds.
 */
export const freshness = ({ limits }: Pick<Connection, "limits">): number => Math.max(1_000, limits.visibleAfter / 10);
