import { start } from "./bundle.ts";
import type { Report } from "./peers/report.ts";
import type { Setting } from "./peers/setting.ts";
import type { ServerOptions } from "./server/main.ts";
import { startServer } from "./server/start.ts";
import type { Statistics } from "./server/statistics.ts";

/** A client's own program, below this folder, and how many jobs it is told to have in flight. */
export interface Client {
  readonly name: string;
  readonly program: string;
  readonly concurrency: number;
}

export interface Outcome extends Report, Statistics {
  readonly client: string;
}

/** The same with other service times: so many rounds of one client, each with a seed of its own. */
export async function runs(
  client: Client,
  work: Pick<Setting, "jobs">,
  options: Omit<ServerOptions, "film" | "seed">,
  rounds: number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let round = 1; round <= rounds; round += 1) outcomes.push(await run(client, work, { ...options, seed: round }));
  return outcomes;
}

/** Runs one client against a server of its own, so that nobody finds what another left. */
export async function run(
  { name, program, concurrency }: Client,
  work: Pick<Setting, "jobs">,
  options: Omit<ServerOptions, "film">,
): Promise<Outcome> {
  const server = await startServer(options);
  const setting: Setting = { ...work, url: server.url, speed: options.speed, concurrency };
  const child = await start(program, setting);
  const told = await new Promise<Report>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Report));
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code} and said nothing`)));
  });
  const seen = await server.statistics();
  await server.close();
  return { client: name, ...told, ...seen };
}
