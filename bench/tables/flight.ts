import { type Outcome, run } from "../client.ts";
import { plimit, reelform } from "../clients.ts";
import type { Table } from "../table.ts";

const jobs = 10_000;
const speed = 1;

/** What it takes to have ten thousand jobs in flight at once. */
export async function flight(): Promise<Table> {
  const time = { mean: 100_000 / speed, sigma: 0.3 };
  const take = (client: ReturnType<typeof reelform>): Promise<Outcome> =>
    run(client, { jobs }, { slots: jobs, time, speed, seed: 1 });
  const [ours, theirs] = [await take(reelform(jobs)), await take(plimit(jobs))];
  const figures = ({ client, delivered, mostInFlight, polls, cpu, cpuOfChildren, memory, blocked }: Outcome) => ({
    first: [
      client,
      `${delivered}/${jobs}`,
      { value: mostInFlight, digits: 0 },
      { value: polls / jobs, digits: 1 },
      { value: cpu / 1_000, digits: 1 },
      { value: cpuOfChildren / 1_000, digits: 1 },
    ],
    memory,
    blocked,
  });
  const [a, b] = [figures(ours), figures(theirs)];
  return {
    title: "flight: 10,000 jobs of 100 s at once",
    about: `as in life, spread σ 0.3; CPU with all processes that a client starts; memory of the client; blocked: the longest time nothing else could run`,
    columns: [
      "",
      "delivered",
      "in flight",
      "polls/job",
      "CPU s",
      "of it git",
      "CPU ÷ p-limit",
      "peak MB",
      "blocked ms",
    ],
    rows: [
      [
        ...a.first,
        { value: ours.cpu / theirs.cpu, atMost: 0.5 },
        { value: a.memory, digits: 0, atMost: 250 },
        { value: a.blocked, digits: 0, atMost: 100 },
      ],
      [...b.first, { value: 1 }, { value: b.memory, digits: 0 }, { value: b.blocked, digits: 0 }],
    ],
  };
}
