import { parse } from "yaml";
import { readFaults } from "../emulator/faults/read.ts";
import { type Emulator, startEmulator } from "../emulator/server.ts";
import type { Json } from "../model/json.ts";

export interface EmulateArgs {
  readonly port: number | undefined;
  readonly speed: number;
  readonly seed: number;
  /** A file of JSON or YAML with the list of what goes wrong. */
  readonly faults: string | undefined;
  readonly json: boolean;
}

export interface EmulatePorts {
  print(text: string): void;
  readonly signal: AbortSignal;
  readFile(path: string): string;
}

/** Serves the APIs until it is told to stop. Throws a FaultsError when the faults are not understood. */
export async function emulate(args: EmulateArgs, ports: EmulatePorts): Promise<number> {
  const { speed, seed, port } = args;
  const faults = args.faults === undefined ? [] : readFaults(parse(ports.readFile(args.faults)) as Json);
  const emulator = await startEmulator({ speed, seed, faults, ...(port === undefined ? {} : { port }) });
  ports.print(args.json ? asJson(emulator) : asText(emulator));
  await stopped(ports.signal);
  await emulator.close();
  return 0;
}

const environment = (emulator: Emulator): { readonly [variable: string]: string } => ({
  GOLPO_BASE_URL: `${emulator.url}/golpo`,
  GOLPO_API_KEY: "emulated",
});

const asJson = (emulator: Emulator): string =>
  `${JSON.stringify({ url: emulator.url, speed: emulator.speed, environment: environment(emulator) })}\n`;

function asText(emulator: Emulator): string {
  const exports = Object.entries(environment(emulator)).map(([variable, value]) => `export ${variable}=${value}`);
  return [
    `# the emulator listens on ${emulator.url}, ${emulator.speed} times as fast as the real APIs`,
    `# what was submitted: ${emulator.url}/__emulator/ledger`,
    ...exports,
    "",
  ].join("\n");
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
