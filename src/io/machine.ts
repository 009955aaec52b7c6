import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * This machine since it was started, and the part of it that can see our process: a container on the same machine
 * counts as another. Two runs with the same name can tell of each other whether they still live.
 */
export function machineName(): string {
  const parts = [
    hostname(),
    line(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
    line(() => readlinkSync("/proc/self/ns/pid")),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** Empty where the system has no such file: then the name is less exact, and a dead claim is known by its lease alone. */
function line(read: () => string): string {
  try {
    return read().trim();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return "";
  }
}

/** Whether a process of this machine is at work. One that we may not signal is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code !== "ESRCH";
  }
}
