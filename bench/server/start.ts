import type { ChildProcess } from "node:child_process";
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

/** What the server says next. Not over HTTP: a client with ten thousand connections may have left it without a free one. */
function told(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("the job server ended"));
    child.once("exit", gone);
    child.once("message", (message) => {
      child.off("exit", gone);
      resolve(message);
    });
  });
}

/** A video API in a process of its own, on loopback, with service times instead of videos. */
export async function startServer(options: Omit<ServerOptions, "film">): Promise<JobServer> {
  const program = "server/main.ts";
  const film = join(dirname(await bundle(program)), "film.mp4");
  mkdirSync(dirname(film), { recursive: true });
  writeFileSync(film, clip({ text: "bench", label: "", hash: "bench", width: 320, height: 192 }, 1));
  const child = await start(program, { ...options, film });
  const port = Number(await told(child));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    statistics: () => {
      child.send("statistics");
      return told(child) as Promise<Statistics>;
    },
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
