import type { DurableIntent } from "../model/journal.ts";
import type { Accepted, WireRequest } from "../model/provider.ts";
import { ProviderError } from "../providers/error.ts";
import type { Connection } from "./ports.ts";

export type Submitted =
  | ({ readonly kind: "accepted" } & Accepted)
  /** Certainly not taken on: may be sent again once its cause is gone. */
  | { readonly kind: "turned-away"; readonly error: ProviderError }
  /** Anybody's guess: never sent again by itself. */
  | { readonly kind: "unknown"; readonly error: unknown };

/**
 * Spends the money, once. Whatever goes wrong after the request may have left, a bug of ours included, is `unknown`:
 * the caller writes that down before it lets anything crash.
 */
export async function submit(intent: DurableIntent, request: WireRequest, connection: Connection): Promise<Submitted> {
  try {
    return { kind: "accepted", ...(await connection.provider.submit(request, connection.paid(intent))) };
  } catch (error) {
    if (error instanceof ProviderError && error.outcome !== "unknown") return { kind: "turned-away", error };
    return { kind: "unknown", error };
  }
}
