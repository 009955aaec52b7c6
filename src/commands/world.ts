import type { Clock, Random } from "../model/clock.ts";

/** What a command may know of the process it runs in, made once in `cli.ts`. */
export interface World {
  /** Where the project is, and where the files are that the command line names. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The answer: plans, tables, JSON. Adds the line end. */
  readonly print: (text: string) => void;
  /** Progress and problems. Adds the line end. */
  readonly tell: (text: string) => void;
  readonly terminal: Terminal;
  readonly time: { readonly clock: Clock; readonly random: Random };
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  readonly process: { readonly pid: number; readonly version: string };
  /** Asks a person a question that wants yes or no; only where `terminal.interactive`. */
  readonly confirm: (question: string) => Promise<boolean>;
}

export interface Terminal {
  /** Whether somebody can answer: input and errors are a terminal and this is not CI. */
  readonly interactive: boolean;
  /** Whether progress may redraw lines. */
  readonly live: boolean;
  /** Whether the answer may have colours. */
  readonly colour: boolean;
  /** Whether problems may: they go to a stream of their own. */
  readonly problemColour: boolean;
  readonly columns: number;
}

/** The flags that nearly every command has. */
export interface CommonArgs {
  readonly dir: string;
  readonly config: string | undefined;
  readonly emulate: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}
