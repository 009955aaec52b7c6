import type { Fault } from "../faults/rule.ts";
import type { Accepted } from "../record.ts";
import type { Links } from "./links.ts";

/** Where a finished job's file is. One fault gives an address that was dead before the job ended. */
export const addressOf = (path: string, job: Accepted, links: Links, fault: Fault | undefined): string =>
  fault?.kind === "expired-link" ? links.signed(path, job.endsAt - 1000) : links.plain(path);
