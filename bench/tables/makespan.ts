import { type Client, type Outcome, runs } from "../client.ts";
import { doc5s, doc8s, plimit, reelform } from "../clients.ts";
import { median } from "../statistics.ts";
import type { Cell, Table } from "../table.ts";

interface Batch {
  readonly jobs: number;
  /** How many jobs the account runs at once; it queues the others. */
  readonly slots: number;
  /** Seconds of life that a job takes on average. */
  readonly mean: number;
  readonly speed: number;
  readonly atMost: number;
  /** How often what is held to `atMost` is measured, where the others are measured once: a batch ends with the luck of its last poll. */
  readonly oftener: number;
  readonly clients: readonly Client[];
}

/** Told of half as many jobs again as the account runs, a client leaves no slot idle until its end is noticed. */
export const batches = {
  thousand: {
    ...{ jobs: 1_000, slots: 100, mean: 100, speed: 30, atMost: 1.01, oftener: 3 },
    clients: [reelform(150), doc5s, doc8s, plimit(100), plimit(150)],
  },
  short: {
    ...{ jobs: 1_000, slots: 50, mean: 12, speed: 4, atMost: 1.02, oftener: 9 },
    clients: [reelform(75), doc5s, doc8s, plimit(50), plimit(75)],
  },
  "ten-thousand": {
    ...{ jobs: 10_000, slots: 4_000, mean: 100, speed: 4, atMost: 1.03, oftener: 3 },
    clients: [reelform(6_000), doc8s, plimit(4_000), plimit(6_000)],
  },
} as const satisfies Record<string, Batch>;

const isOurs = ({ program }: Client): boolean => program.startsWith("reelform/");

export async function makespan(
  { jobs, slots, mean, speed, atMost, oftener, clients }: Batch,
  rounds: number,
): Promise<Table> {
  const rows: (readonly Cell[])[] = [];
  for (const client of clients) {
    const time = { mean: (mean * 1_000) / speed, sigma: 0.5 };
    const outcomes = await runs(client, { jobs }, { slots, time, speed }, isOurs(client) ? oftener * rounds : rounds);
    rows.push(row(client, outcomes, { jobs, speed, atMost }));
  }
  return {
    title: `makespan: ${jobs} jobs of ${mean} s, an account that runs ${slots} at once and queues the rest`,
    about: `÷ bound: first submit to last end noticed, over list scheduling; the number behind a name is how many it was told to run; time × ${speed}; lag in s of life; medians of ${oftener * rounds} rounds for Reelform, of ${rounds} for the others; delivered: the least`,
    columns: [
      "",
      "delivered",
      "÷ bound",
      "whole work ÷ bound",
      "lag",
      "polls/job",
      "submits/job",
      "paid twice",
      "CPU s",
    ],
    rows,
  };
}

function row(
  client: Client,
  outcomes: readonly Outcome[],
  { jobs, speed, atMost }: Pick<Batch, "jobs" | "speed" | "atMost">,
): readonly Cell[] {
  const of = (figure: (outcome: Outcome) => number): number => median(outcomes.map(figure));
  const gaveUp = outcomes.some((outcome) => outcome.gaveUp !== undefined);
  return [
    client.name,
    `${Math.min(...outcomes.map(({ delivered }) => delivered))}/${jobs}${gaveUp ? " gave up" : ""}`,
    gaveUp
      ? "–"
      : { value: of(({ makespan, bound }) => makespan / bound), digits: 3, ...(isOurs(client) ? { atMost } : {}) },
    { value: of(({ wall, bound }) => wall / bound), digits: 3 },
    { value: of(({ meanLag }) => (meanLag * speed) / 1_000) },
    { value: of(({ polls }) => polls / jobs), digits: 1 },
    { value: of(({ submits }) => submits / jobs), digits: 3 },
    { value: outcomes.reduce((sum, { duplicates }) => sum + duplicates, 0), digits: 0 },
    { value: of(({ cpu }) => cpu / 1_000), digits: 1 },
  ];
}
