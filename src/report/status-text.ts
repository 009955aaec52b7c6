import type { LockEntry } from "../model/lock.ts";
import type { Cost } from "../model/money.ts";
import type { Output } from "../model/output.ts";
import type { UnitId } from "../model/unit.ts";
import { padEnd, padStart, widest } from "./columns.ts";
import { ageText } from "./duration.ts";
import { costText } from "./money-text.ts";
import { type Ink, paintOf, type Style } from "./paint.ts";
import { oneLine } from "./plan-text.ts";
import { printable } from "./printable.ts";

/** A unit and what its lock says of it, if anything. */
export interface StatusRow {
  readonly id: UnitId;
  readonly entry: LockEntry | undefined;
}

/** A table of units: state, age, cost, link. `now` is in milliseconds since 1970. */
export function statusText(rows: readonly StatusRow[], now: number, style: Style): string {
  if (rows.length === 0) return "no videos";
  const paint = paintOf(style);
  const cells = printable(rows, style.target).map((row) => cellsOf(row, now));
  const columns = (["unit", "state", "age", "cost"] as const).map((name) =>
    Math.max(name.length, widest(cells.map((cell) => cell[name]))),
  );
  const [units = 0, states = 0, ages = 0, costs = 0] = columns;
  const line = ({ unit, state, age, cost, link }: Cells, ink: Ink): string =>
    [
      padEnd(unit, units),
      paint(ink, padEnd(state, states)),
      padStart(age, ages),
      padStart(cost, costs),
      paint("dim", link),
    ]
      .join("  ")
      .trimEnd();
  const heading = line({ unit: "unit", state: "state", age: "age", cost: "cost", link: "link" }, "dim");
  return [heading, ...cells.map((cell) => line(cell, inks[cell.colourOf]))].join("\n");
}

interface Cells {
  readonly unit: string;
  readonly state: string;
  readonly age: string;
  readonly cost: string;
  readonly link: string;
}

const inks = {
  ready: "green",
  submitted: "blue",
  failed: "red",
  unknown: "magenta",
  absent: "dim",
} as const satisfies Record<LockEntry["state"] | "absent", Ink>;

function cellsOf({ id, entry }: StatusRow, now: number): Cells & { readonly colourOf: keyof typeof inks } {
  const unit = oneLine(id);
  if (entry === undefined) return { unit, state: "not generated", age: "", cost: "", link: "", colourOf: "absent" };
  const cost = "cost" in entry && entry.cost !== undefined ? costOf(entry.cost, entry.origin) : "";
  return {
    unit,
    state: stateText(entry),
    age: ageText(sinceOf(entry), now),
    cost,
    link: linkOf(entry),
    colourOf: entry.state,
  };
}

/** What an emulated run says a video cost was never paid. */
const costOf = (cost: Cost, origin: LockEntry["origin"]): string =>
  origin === "emulated" ? `emulated ${costText(cost)}` : costText(cost);

function stateText(entry: LockEntry): string {
  const state = entry.state === "failed" ? `failed (${entry.class})` : entry.state;
  return entry.origin === "generated" ? state : `${state}, ${entry.origin}`;
}

function sinceOf(entry: LockEntry): string {
  if (entry.state === "ready") return entry.completedAt;
  return entry.state === "failed" ? entry.failedAt : entry.submittedAt;
}

function linkOf(entry: LockEntry): string {
  if (entry.state === "ready") return oneLine(main(entry.outputs)?.url ?? "");
  return entry.state === "submitted" ? `job ${oneLine(entry.job.id)}` : "";
}

const main = (outputs: readonly Output[]): Output | undefined =>
  outputs.find(({ role }) => role === "video") ?? outputs.find(({ role }) => role === "audio") ?? outputs[0];
