import { parse, YAMLParseError } from "yaml";
import { FaultsError, readFaults } from "../emulator/faults/read.ts";
import type { FaultRule } from "../emulator/faults/rule.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator/server.ts";
import { errorCode } from "../io/error-code.ts";
import type { Json } from "../model/json.ts";
import type { Provider } from "../model/provider.ts";
import { providers } from "../providers/index.ts";
import { UsageError } from "./exit.ts";

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

/** Serves the APIs until it is told to stop. */
export async function emulate(args: EmulateArgs, ports: EmulatePorts): Promise<number> {
  const { speed, seed, port } = args;
  const faults = args.faults === undefined ? [] : faultsIn(args.faults, ports);
  const emulator = await started({ speed, seed, faults, ...(port === undefined ? {} : { port }) });
  ports.print(args.json ? asJson(emulator) : asText(emulator));
  await stopped(ports.signal);
  await emulator.close();
  return 0;
}

function faultsIn(file: string, { readFile }: EmulatePorts): readonly FaultRule[] {
  try {
    return readFaults(parse(readFile(file)) as Json);
  } catch (error) {
    const code = errorCode(error);
    if (!(error instanceof FaultsError || error instanceof YAMLParseError || code !== undefined)) throw error;
    const said =
      error instanceof Error && !(code?.startsWith("E") ?? false) ? error.message : `cannot be read (${code})`;
    throw new UsageError(`--faults ${file}: ${said.trimEnd()}`, "it is a list of rules, as JSON or YAML");
  }
}

async function started(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    if (errorCode(error) !== "EADDRINUSE" && errorCode(error) !== "EACCES") throw error;
    throw new UsageError(`port ${options.port} cannot be had (${errorCode(error)})`, "--port 0 takes a free one");
  }
}

/** What makes every run that is not emulated talk to the emulator. */
const environment = (emulator: Emulator): { readonly [variable: string]: string } =>
  Object.fromEntries(
    Object.values<Provider>(providers).flatMap(({ name, baseUrlVariable, secret }) => [
      [baseUrlVariable, `${emulator.url}/${name}`],
      [secret, "emulated"],
    ]),
  );

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
