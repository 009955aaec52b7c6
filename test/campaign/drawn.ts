import type { Random } from "../../src/model/clock.ts";
import { seeded } from "../support/random.ts";
import { atDownloads, atPushes, atRequests, atTimes, type Instant, named } from "./instant.ts";
import type { ComeBack, Disk, How } from "./play.ts";

/** When runs are killed, where, and how they were started: all of it from one seed. */
export interface Drawn {
  readonly instants: readonly Instant[];
  readonly disk: Disk;
  readonly flags: string;
  readonly how: How;
  readonly comeBack: ComeBack;
}

/** Up to three kills in a row, each of a run that was to mend what the one before it left. */
export function drawn(seed: number): Drawn {
  const random = seeded(seed ^ 0x2545f491);
  const disk: Disk = random() < 0.5 ? "fresh" : "same";
  const flags = [
    ...(disk === "fresh" || random() < 0.5 ? ["--push"] : []),
    ...(random() < 0.25 ? ["--concurrency 1"] : []),
  ].join(" ");
  const kills = random() < 0.6 ? 1 : random() < 0.75 ? 2 : 3;
  const instants = Array.from({ length: kills }, () => instantFrom(random, flags.includes("--push")));
  const how: How = random() < 0.25 ? "told to stop first" : "at once";
  return { instants, disk, flags, how, comeBack: comeBackFrom(seed, disk) };
}

/** Drawn apart, so that what a seed drew before it stays what it was. */
function comeBackFrom(seed: number, disk: Disk): ComeBack {
  const random = seeded(seed ^ 0x6a09e667);
  const odds = (): boolean => random() < 0.5 && disk === "fresh";
  return { shallow: odds(), attempts: odds() };
}

function instantFrom(random: Random, pushing: boolean): Instant {
  const kinds = [atRequests(12), atDownloads(3), atTimes(20, random), ...(pushing ? [atPushes(7)] : [])];
  const instants = kinds[Math.floor(random() * kinds.length)] ?? [];
  return instants[Math.floor(random() * instants.length)] ?? { at: "time", part: 0.5 };
}

export const drawnName = ({ instants, disk, flags, how, comeBack: { shallow, attempts } }: Drawn): string =>
  [
    `${how === "at once" ? "killed" : "told to stop"} at ${instants.map(named).join(", then at ")}`,
    disk === "fresh" ? `cloned anew${shallow ? " without history" : ""}` : "on the same disk",
    ...(attempts ? ["as a later attempt"] : []),
    ...(flags === "" ? [] : [flags]),
  ].join(", ");
