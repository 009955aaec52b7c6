import { openSync, readSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** What a client says of itself when it is done. */
export interface Report {
  readonly delivered: number;
  /** From the beginning of the work to its end, without the start of the process. Milliseconds. */
  readonly wall: number;
  /** What this process and those that it started and waited for took of the CPU. Milliseconds. */
  readonly cpu: number;
  /** Of that, what was taken by processes that it started. */
  readonly cpuOfChildren: number;
  /** The most memory that this process had at once. MB of 2^20 bytes. */
  readonly memory: number;
  /** The longest time for which nothing else could run. Milliseconds. */
  readonly blocked: number;
  /** Why it gave up, where it did. */
  readonly gaveUp?: string;
}

/** Does the work and tells the parent what it took. */
export async function report(work: () => Promise<number>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  // Opened now: a client that opens ten thousand connections may not be able to open anything later.
  const stat = process.platform === "linux" ? openSync("/proc/self/stat", "r") : undefined;
  const from = performance.now();
  const before = process.cpuUsage();
  const done = await outcome(work);
  const { user, system } = process.cpuUsage(before);
  const cpuOfChildren = stat === undefined ? 0 : childrenTime(stat);
  const told: Report = {
    ...done,
    wall: performance.now() - from,
    cpu: (user + system) / 1_000 + cpuOfChildren,
    cpuOfChildren,
    memory: process.resourceUsage().maxRSS / 1_024,
    blocked: delay.max / 1e6,
  };
  process.send?.(told, () => process.exit(0));
}

/** A client that throws has delivered nothing that its user could have: it is a result of the measurement. */
async function outcome(work: () => Promise<number>): Promise<Pick<Report, "delivered" | "gaveUp">> {
  try {
    return { delivered: await work() };
  } catch (error) {
    return { delivered: 0, gaveUp: String(error) };
  }
}

/** The 16th and 17th field of proc(5)'s stat, in hundredths of a second. */
function childrenTime(stat: number): number {
  const text = Buffer.alloc(4_096);
  const fields = text
    .toString("latin1", 0, readSync(stat, text, 0, text.length, 0))
    .replace(/^.*\) /, "")
    .split(" ");
  return 10 * (Number(fields[13]) + Number(fields[14]));
}
