import { journalFor, runnerOf } from "../../src/commands/run-journal.ts";
import { processWorld } from "../../src/process.ts";
import { units } from "../reelform/units.ts";
import { openHome } from "../reelform/world.ts";
import type { Table } from "../table.ts";

const many = 1_000;

/** What it takes to write a thousand intentions down where this machine's death cannot take them. */
export async function claims(): Promise<Table> {
  const home = await openHome(true);
  const world = processWorld(new AbortController().signal, "bench");
  const journal = await journalFor(home.repository, { emulated: true, push: true, runner: runnerOf(world) }, world);
  const wanted = units(Array.from({ length: many }, (_, index) => `shot ${index}`));
  const from = performance.now();
  // As units of a run do: each for itself, all in the same instant.
  const answers = await Promise.all(
    wanted.map(({ digest, id, provider }) => journal.claim([{ digest, unit: id, provider, estimate: undefined }])),
  );
  const took = performance.now() - from;
  const granted = answers.flat().filter(({ kind }) => kind === "claimed").length;
  await journal.flush(3_000);
  return {
    title: "claims: a thousand units, each for itself, in the same instant",
    about: "the journal in Git, pushed to a bare repository that counts",
    columns: ["", "granted", "pushes", "ms"],
    rows: [
      ["reelform", `${granted}/${many}`, { value: home.pushes(), digits: 0, atMost: 1 }, { value: took, digits: 0 }],
    ],
  };
}
