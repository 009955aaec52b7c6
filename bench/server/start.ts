import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { clip } from "../../src/emulator/media/clip.ts";
import { bundle, start } from "../bundle.ts";
import type { ServerOptions } from "./main.ts";
import type { Statistics } from "./statistics.ts";

export interface JobServer {
  readonly url: string;
  statistics(): Promise<Statistics>;
  close(): Promise<void>;
}

/** A server that thousands of clients have just left may close a connection before it has read from it. */
async function asked(url: string, tries = 3): Promise<Statistics> {
  try {
    return (await (await fetch(url)).json()) as Statistics;
  } catch (error) {
    if (tries === 1) throw error;
    return asked(url, tries - 1);
  }
}

/** A video API in a process of its own, on loopback, with service times instead of videos. */
export async function startServer(options: Omit<ServerOptions, "film">): Promise<JobServer> {
  const program = "server/main.ts";
  const film = join(dirname(await bundle(program)), "film.mp4");
  mkdirSync(dirname(film), { recursive: true });
  writeFileSync(film, clip({ text: "bench", label: "", hash: "bench", width: 320, height: 192 }, 1));
  const child = await start(program, { ...options, film });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve(Number(message)));
    child.once("exit", () => reject(new Error("the job server did not start")));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    statistics: () => asked(`${url}/statistics`),
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
