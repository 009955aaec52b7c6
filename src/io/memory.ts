import { setFlagsFromString } from "node:v8";

/** What of garbage may gather before it is looked for, as a part of what is in use. V8's own measure is several times that. */
const garbage = 60;

/**
 * Ten thousand jobs are small, and their garbage is not: a runner with little memory and two cores is to hold both. What is
 * young is collected by one thread, since there is too little of it at a time to be worth sharing out.
 */
export function collectSoon(): void {
  setFlagsFromString(`--heap-growing-percent=${garbage}`);
  setFlagsFromString("--no-parallel-scavenge");
}
