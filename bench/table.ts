/** A number and what is wanted of it. */
export interface Figure {
  readonly value: number;
  readonly digits?: number;
  readonly atMost?: number;
}

export type Cell = string | Figure;

/** What one measurement gives: printed, and kept as it is. */
export interface Table {
  readonly title: string;
  /** One line on how it was measured. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Whether a figure is worse than what is wanted of it. */
const misses = (cell: Cell): boolean =>
  typeof cell !== "string" && cell.atMost !== undefined && !(cell.value <= cell.atMost);

export const missed = ({ rows }: Table): number => rows.flat().filter(misses).length;

const said = (cell: Cell): string => {
  if (typeof cell === "string") return cell;
  const text = cell.value.toFixed(cell.digits ?? 2);
  if (cell.atMost === undefined) return text;
  return `${text} ${misses(cell) ? "> !" : "≤"} ${cell.atMost}`;
};

/** As text in columns. What misses what is wanted of it has an exclamation mark. */
export function text({ title, about, columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(said))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const aligned = lines.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return [`\n${title}`, `  ${about}`, ...aligned.map((line) => `  ${line.join("  ")}`)].join("\n");
}
