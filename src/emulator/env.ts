import type { HttpBindings } from "@hono/node-server";
import type { Fault } from "./faults/rule.ts";

/** What every request carries through the emulator. */
export interface Env {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    /** What goes wrong with this request; whoever answers looks at the kinds that concern it. */
    fault: Fault | undefined;
    /** A paid request was taken on. */
    accepted: boolean;
  };
}
