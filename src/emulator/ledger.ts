import { instant } from "../model/clock.ts";
import { decimal, plus, usd, zero } from "../model/money.ts";
import type { Log } from "./log.ts";

/** What became of one paid request that arrived. */
export type LedgerEntry =
  | {
      readonly kind: "accepted";
      readonly at: string;
      readonly provider: string;
      readonly hash: string;
      readonly job: string;
      readonly price: string;
      /** The first job that was made of the very same request: whoever submitted this one paid twice. */
      readonly duplicateOf?: string;
      /** The fault that kept the answer from the caller. */
      readonly unheard?: string;
    }
  | {
      readonly kind: "refused";
      readonly at: string;
      readonly provider: string;
      readonly hash: string;
      readonly status?: number;
      readonly why: string;
    };

/** All paid requests that arrived, oldest first. */
export function ledger(log: Log): readonly LedgerEntry[] {
  const first = new Map<string, string>();
  return log.records().flatMap((record): readonly LedgerEntry[] => {
    if (record.kind !== "accepted" && record.kind !== "refused") return [];
    const common = { at: instant(record.at), provider: record.provider, hash: record.hash };
    if (record.kind === "refused") {
      const status = record.status === undefined ? {} : { status: record.status };
      return [{ kind: "refused", ...common, ...status, why: record.why }];
    }
    const request = `${record.provider} ${record.hash}`;
    const earlier = first.get(request);
    if (earlier === undefined) first.set(request, record.job);
    return [
      {
        kind: "accepted",
        ...common,
        job: record.job,
        price: record.price,
        ...(earlier === undefined ? {} : { duplicateOf: earlier }),
        ...(record.unheard === undefined ? {} : { unheard: record.unheard }),
      },
    ];
  });
}

/** The entries with their sums: how many jobs were paid for, how many of them twice, and how much it was. */
export function account(entries: readonly LedgerEntry[]) {
  const accepted = entries.filter((entry) => entry.kind === "accepted");
  return {
    accepted: accepted.length,
    refused: entries.length - accepted.length,
    duplicates: accepted.filter((entry) => entry.duplicateOf !== undefined),
    spent: decimal(accepted.reduce((sum, entry) => plus(sum, usd(entry.price)), zero)),
    entries,
  };
}
