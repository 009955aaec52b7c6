import { setFlagsFromString } from "node:v8";

/** What of garbage may gather before it is looked for, as a part of what is in use. V8's own measure is several times that. */
const garbage = 50;

/** Ten thousand jobs are small, and their garbage is not: a runner with little memory is to hold both. */
export const collectSoon = (): void => setFlagsFromString(`--heap-growing-percent=${garbage}`);
