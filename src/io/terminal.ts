import { Listr, ListrLogger, ProcessOutput } from "listr2";

/** What a phase of a run shows while it is at work. */
export interface Display {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Phases {
  /** Runs one phase of a command; `show` is called now and then for what to display. */
  phase<T>(title: string, work: () => Promise<T>, show?: () => Display): Promise<T>;
}

/** How often a live display is drawn again. Milliseconds. */
const refresh = 200;

/** Phases on a terminal: a spinner each, what is in flight below it, and one line that stays. Written to stderr. */
export const livePhases: Phases = {
  async phase(title, work, show) {
    let result: { readonly value: Awaited<ReturnType<typeof work>> } | undefined;
    const logger = new ListrLogger({
      useIcons: false,
      processOutput: new ProcessOutput(process.stderr, process.stderr),
    });
    const list = new Listr(
      [
        {
          title,
          task: async (_, task) => {
            const draw = (): void => {
              const display = show?.();
              if (display === undefined) return;
              task.title = [display.title, ...display.lines].join("\n  ");
            };
            const timer = setInterval(draw, refresh);
            try {
              result = { value: await work() };
            } finally {
              clearInterval(timer);
              // What is in flight has landed: one line stays.
              task.title = show?.().title ?? title;
            }
          },
        },
      ],
      { renderer: "default", rendererOptions: { logger }, registerSignalListeners: false },
    );
    await list.run();
    if (result === undefined) throw new Error(`the phase "${title}" ended without a result`);
    return result.value;
  },
};

/** Phases where nothing may redraw: the work speaks for itself, line by line. */
export const plainPhases: Phases = { phase: (_title, work) => work() };
