import type { Attempt } from "../model/journal.ts";
import type { ProviderName } from "../model/unit.ts";
import type { Connection } from "./ports.ts";

/**
 * Whether an attempt was begun with another key or address than ours. Its job may be one that we are not shown, so what our
 * account lacks proves nothing. An attempt that does not say is taken for our own.
 */
export const isElsewhere = ({ account }: Attempt, ours: Pick<Connection, "account">): boolean =>
  account !== undefined && ours.account !== undefined && account !== ours.account;

/** How a person is told. */
export const begunElsewhere = (provider: ProviderName): string =>
  `it was begun with another key or address of ${provider}`;
