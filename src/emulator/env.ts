import type { HttpBindings } from "@hono/node-server";
import type { Fault } from "./faults/rule.ts";

/** When something is told, and what goes wrong with it: of one instant, however close a job is to its end. */
export interface Telling {
  readonly now: number;
  readonly fault?: Fault | undefined;
}

/** What every request carries through the emulator. */
export interface Env {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    /** When it came. */
    now: number;
    /** What goes wrong with this request; whoever answers looks at the kinds that concern it. */
    fault: Fault | undefined;
    /** A paid request was taken on. */
    accepted: boolean;
  };
}
