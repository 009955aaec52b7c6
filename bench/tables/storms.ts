import { run } from "../client.ts";
import { plimit, reelform } from "../clients.ts";
import type { Manner } from "../server/door.ts";
import type { Cell, Table } from "../table.ts";

const jobs = 500;
const slots = 50;
const speed = 10;

const manners: Readonly<Record<string, Manner>> = {
  "a full account queues": {},
  "a full account refuses, Retry-After 1 s": { rejects: true, patience: 1_000 },
  "25 submits a second, 20 at once": { rate: { each: 25, burst: 20 } },
  "all is refused 2 s of every 6": { storm: { every: 6_000, lasts: 2_000 } },
};

/** Accounts that are full and servers that are overrun: everything is delivered, and hardly a request is wasted. */
export async function storms(): Promise<Table> {
  const rows: (readonly Cell[])[] = [];
  for (const [name, manner] of Object.entries(manners)) {
    for (const client of [reelform(100), plimit(slots)]) {
      const time = { mean: 20_000 / speed, sigma: 0.5 };
      const seen = await run(client, { jobs }, { slots, time, speed, seed: 1, ...manner });
      const submits = { value: seen.submits / jobs, digits: 3 };
      const ours = client.program.startsWith("reelform/");
      rows.push([
        `${name}: ${client.name}`,
        `${seen.delivered}/${jobs}`,
        ours ? { ...submits, atMost: 1.05 } : submits,
        { value: seen.refused, digits: 0 },
        { value: seen.duplicates, digits: 0 },
        { value: seen.makespan / seen.bound },
      ]);
    }
  }
  return {
    title: "storms: 429 answers and full accounts",
    about: `${jobs} jobs of 2 s, an account that runs ${slots} at once; Reelform is told of twice as many, p-limit of the right number`,
    columns: ["", "delivered", "submits/job", "refused", "paid twice", "÷ bound"],
    rows,
  };
}
