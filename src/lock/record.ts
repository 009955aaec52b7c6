import type { Event } from "../model/event.ts";
import type { Lock } from "../model/lock.ts";

/** The lock after something happened. A note changes nothing. */
export function record(lock: Lock, event: Event): Lock {
  const units = new Map(lock.units);
  switch (event.kind) {
    case "became":
      units.set(event.id, event.entry);
      return { ...lock, units };
    case "forgotten":
      units.delete(event.id);
      return { ...lock, units };
    case "note":
      return lock;
  }
}
