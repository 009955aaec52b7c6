import { type Outcome, runs } from "../client.ts";
import { plimit, reelform } from "../clients.ts";
import { median } from "../statistics.ts";
import type { Figure, Table } from "../table.ts";

const jobs = 10_000;
const speed = 1;
/** How often Reelform is measured, where p-limit is measured once: the longest pause of five minutes is as much the machine's doing as ours. */
const oftener = 3;

/** What it takes to have ten thousand jobs in flight at once. */
export async function flight(rounds: number): Promise<Table> {
  const life = { slots: jobs, time: { mean: 100_000 / speed, sigma: 0.3 }, speed };
  const ours = await runs(reelform(jobs), { jobs }, life, oftener * rounds);
  const theirs = await runs(plimit(jobs), { jobs }, life, rounds);
  const cpu = (outcomes: readonly Outcome[]): number => median(outcomes.map((outcome) => outcome.cpu));
  const row = (outcomes: readonly Outcome[], most: { cpu?: number; memory?: number; blocked?: number }) => {
    const of = (figure: (outcome: Outcome) => number, digits: number, atMost?: number): Figure => {
      const value = median(outcomes.map(figure));
      return atMost === undefined ? { value, digits } : { value, digits, atMost };
    };
    const delivered = Math.min(...outcomes.map((outcome) => outcome.delivered));
    return [
      outcomes[0]?.client ?? "",
      `${delivered}/${jobs}`,
      of(({ mostInFlight }) => mostInFlight, 0),
      of(({ polls }) => polls / jobs, 1),
      { value: outcomes.reduce((sum, { duplicates }) => sum + duplicates, 0), digits: 0 },
      of((outcome) => outcome.cpu / 1_000, 1),
      of(({ cpuOfChildren }) => cpuOfChildren / 1_000, 1),
      of((outcome) => outcome.cpu / cpu(theirs), 2, most.cpu),
      of(({ memory }) => memory, 0, most.memory),
      of(({ blocked }) => blocked, 0, most.blocked),
      outcomes.map(({ blocked }) => blocked.toFixed(0)).join(" "),
    ];
  };
  return {
    title: "flight: 10,000 jobs of 100 s at once",
    about: `as in life, spread σ 0.3; CPU with all processes that a client starts; memory of the client; blocked: the longest time nothing else could run; medians of ${oftener * rounds} rounds for Reelform, of ${rounds} for p-limit; delivered: the least`,
    columns: [
      "",
      "delivered",
      "in flight",
      "polls/job",
      "paid twice",
      "CPU s",
      "of it git",
      "CPU ÷ p-limit",
      "peak MB",
      "blocked ms",
      "in each round",
    ],
    rows: [row(ours, { cpu: 0.5, memory: 250, blocked: 100 }), row(theirs, {})],
  };
}
