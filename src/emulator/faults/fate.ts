import type { Fate } from "../record.ts";
import type { Fault } from "./rule.ts";

/** What becomes of a job whose submit was struck; undefined where the fault leaves that open. */
export function fateBy(fault: Fault | undefined, message: string): Fate | undefined {
  if (fault?.kind === "stuck") return { kind: "stuck" };
  if (fault?.kind === "fails") return { kind: "fails", message: fault.message ?? message };
  return undefined;
}

const unheard: ReadonlySet<string> = new Set(["accept-then-drop", "truncate", "not-json", "status"]);

/** The fault after which the caller does not know that the job was taken on. */
export const unheardBy = (fault: Fault | undefined): { readonly unheard?: string } =>
  fault !== undefined && unheard.has(fault.kind) ? { unheard: fault.kind } : {};
