import type { ProviderName } from "../../model/unit.ts";
import { chance } from "../chance.ts";
import { type Fault, type FaultRule, needsFinished, type Operation, operations, reach } from "./rule.ts";

/** What is known of a request when it is decided whether something goes wrong with it. */
export interface Seen {
  readonly provider: ProviderName;
  readonly operation: Operation;
  readonly prompt: string | undefined;
  /** The job that is asked about is done. */
  readonly finished: boolean;
  /** The same for the same request, whenever it comes. */
  readonly key: string;
}

/** Decides what goes wrong with a request. Every call counts. */
export type Strike = (seen: Seen) => Fault | undefined;

/** Counting begins anew with each process; what the seed decides does not depend on the order of requests. */
export function strikes(rules: readonly FaultRule[], seed: number): Strike {
  const counts = rules.map(() => 0);
  const visits = new Map<string, number>();
  return (seen) => {
    const visit = (visits.get(seen.key) ?? 0) + 1;
    visits.set(seen.key, visit);
    let fault: Fault | undefined;
    rules.forEach((rule, index) => {
      const dice = (what: string): number => chance(seed, what, index, seen.operation, seen.key, visit);
      if (!matches(rule, seen)) return;
      const count = (counts[index] ?? 0) + 1;
      counts[index] = count;
      if (fault === undefined && due(rule, count) && (rule.rate === undefined || dice("strike") < rule.rate))
        fault = rule.kind === undefined ? anyFault(seen.operation, dice("kind")) : rule;
    });
    return fault;
  };
}

function matches(rule: FaultRule, seen: Seen): boolean {
  const reached = rule.kind === undefined ? operations : reach[rule.kind];
  if (!reached.includes(seen.operation)) return false;
  if (rule.on !== undefined && ![rule.on].flat().includes(seen.operation)) return false;
  if (rule.kind !== undefined && needsFinished.has(rule.kind) && !seen.finished) return false;
  if (rule.provider !== undefined && rule.provider !== seen.provider) return false;
  return rule.prompt === undefined || (seen.prompt ?? "").toLowerCase().includes(rule.prompt.toLowerCase());
}

function due(rule: FaultRule, count: number): boolean {
  const first = rule.nth ?? 1;
  const times = rule.times ?? (rule.rate === undefined ? 1 : "always");
  return count >= first && (times === "always" || count < first + times);
}

const common: readonly Fault[] = [
  { kind: "status", status: 429, retryAfter: 1 },
  { kind: "status", status: 500 },
  { kind: "status", status: 502 },
  { kind: "drop-before" },
  { kind: "slow", milliseconds: 100 },
];

/** What the seed may choose from. Only a submit can be taken on unheard, or become a job that fails. */
function anyFault(operation: Operation, dice: number): Fault | undefined {
  const choice: readonly Fault[] =
    operation === "submit"
      ? [...common, { kind: "accept-then-drop" }, { kind: "not-json" }, { kind: "fails" }]
      : [...common, { kind: "truncate" }];
  return choice[Math.floor(dice * choice.length)];
}
