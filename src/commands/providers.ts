import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { openWire } from "../io/http/wire.ts";
import type { Repository } from "../io/repository.ts";
import { writeAtomically } from "../io/write-atomically.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { instant } from "../model/clock.ts";
import type { Problem } from "../model/problem.ts";
import type { Provider } from "../model/provider.ts";
import { type ProviderName, providerNames } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { providers } from "../providers/index.ts";
import { catalogueJson } from "../report/catalogue-json.ts";
import { type KeyState, type ProviderRow, providersJson, providersText } from "../report/providers-text.ts";
import { cataloguePath, readCatalogues } from "./catalogues.ts";
import { accessTo, providerNamed } from "./connections.ts";
import { type EmulatorAddress, emulation } from "./emulation.ts";
import { type ExitCode, exit, UsageError } from "./exit.ts";
import { openProject } from "./gather.ts";
import { refuse } from "./problems.ts";
import { styleOf } from "./style.ts";
import type { CommonArgs, World } from "./world.ts";

export interface ProvidersArgs extends Pick<CommonArgs, "dir" | "emulate" | "json"> {
  /** Whose models are listed one by one. */
  readonly names: readonly string[];
  readonly refresh: boolean;
}

/** What each provider can do, with its models and prices as of a day. With `refresh`, as of today. */
export async function providersCommand(args: ProvidersArgs, world: World): Promise<ExitCode> {
  const names = named(args.names);
  if (args.refresh && args.emulate)
    throw new UsageError(
      "--refresh keeps what providers really offer, and the emulator offers what came with this version",
      "leave --emulate away; no key is needed for the lists of models",
    );
  const { repository, git } = await openProject(args, world);
  const emulator = args.emulate ? await emulation(git?.commonDir, world) : undefined;
  try {
    if (args.refresh) await refresh(names, repository, emulator?.address, world);
    const problems: Problem[] = [];
    const catalogues = await readCatalogues(names, repository, (checked) => {
      problems.push(...(checked.ok ? checked.warnings : checked.problems));
      return checked.ok ? checked.value : undefined;
    });
    if (problems.length > 0) return refuse(problems, world);
    const rows = await Promise.all(
      names.map(async (name) => rowOf(providerNamed(name), catalogues.get(name), emulator?.address, world)),
    );
    world.print(args.json ? providersJson(rows) : providersText(rows, args.names.length > 0, styleOf(world)));
    return exit.done;
  } finally {
    await emulator?.close();
  }
}

function named(names: readonly string[]): readonly ProviderName[] {
  // A spec may be checked against a provider whose translation this version does not have yet.
  const translated = providerNames.filter((name) => name in providers);
  const unknown = names.filter((name) => !translated.some((known) => known === name));
  if (unknown.length > 0) {
    throw new UsageError(`there is no provider ${unknown.join(", ")}`, `there are ${translated.join(", ")}`);
  }
  return names.length === 0 ? translated : translated.filter((name) => names.includes(name));
}

/** Asks for today's lists. A provider that lists its models to everybody is asked without a key where none is set. */
async function refresh(
  names: readonly ProviderName[],
  { project }: Repository,
  emulator: EmulatorAddress | undefined,
  world: World,
): Promise<void> {
  const today = instant(world.time.clock.now()).slice(0, 10);
  for (const provider of names.map(providerNamed)) {
    if (provider.models === undefined) continue;
    const models = await provider.models(openWire(connected(provider, emulator, world)));
    const path = join(project, cataloguePath(provider.name));
    mkdirSync(dirname(path), { recursive: true });
    writeAtomically(path, catalogueJson(today, models));
    world.tell(`${provider.name}: ${models.length} models, now in ${cataloguePath(provider.name)}`);
  }
}

function connected(provider: Provider, emulator: EmulatorAddress | undefined, world: World) {
  const access = accessTo(provider, world, emulator);
  const key = access.key?.trim() === "" ? undefined : access.key;
  return { ...access, key, ...world.time, signal: world.stop };
}

async function rowOf(
  provider: Provider,
  catalogue: Catalogue | undefined,
  emulator: EmulatorAddress | undefined,
  world: World,
): Promise<ProviderRow> {
  return { provider, catalogue, key: await keyState(provider, emulator, world) };
}

/** A free call, where the provider has one. */
async function keyState(provider: Provider, emulator: EmulatorAddress | undefined, world: World): Promise<KeyState> {
  const access = connected(provider, emulator, world);
  if (access.key === undefined) return { kind: "not-set" };
  if (provider.checkKey === undefined) return { kind: "set" };
  try {
    await provider.checkKey(openWire(access));
    return { kind: "works" };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { kind: "trouble", message: error.message };
  }
}
