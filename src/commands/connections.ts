import type { Connection } from "../apply/ports.ts";
import { type Access, fingerprint } from "../io/http/account.ts";
import { openPaidWires } from "../io/http/paid.ts";
import { openWire } from "../io/http/wire.ts";
import type { Limits, Provider } from "../model/provider.ts";
import type { ProviderName } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { providers } from "../providers/index.ts";
import type { EmulatorAddress } from "./emulation.ts";
import { exit, UsageError } from "./exit.ts";
import type { World } from "./world.ts";

/** The provider's translation. A unit never names one that this version does not have: the spec's check saw to it. */
export function providerNamed(name: ProviderName): Provider {
  const provider = (providers as { readonly [name in ProviderName]?: Provider })[name];
  if (provider === undefined) throw new Error(`no translation for ${name}`);
  return provider;
}

/** Opens each provider once, when it is first needed. */
export function connections(world: World, emulator: EmulatorAddress | undefined): (name: ProviderName) => Connection {
  const opened = new Map<ProviderName, Connection>();
  return (name) => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const connection = connect(providerNamed(name), world, emulator);
    opened.set(name, connection);
    return connection;
  };
}

/** Whom to talk to and with which key: the environment's word, or the emulator's where the run is emulated. */
export function accessTo(provider: Provider, world: World, emulator: EmulatorAddress | undefined): Access {
  if (emulator !== undefined) {
    return { provider, key: "emulated", baseUrl: `${emulator.url}/${provider.name}`, emulated: true };
  }
  const { [provider.secret]: key = "", [provider.baseUrlVariable]: baseUrl = provider.baseUrl } = world.env;
  return { provider, key, baseUrl, emulated: false };
}

function connect(provider: Provider, world: World, emulator: EmulatorAddress | undefined): Connection {
  const access = accessTo(provider, world, emulator);
  const { clock, random } = world.time;
  return {
    provider,
    limits: emulator === undefined ? provider.limits : hastened(provider.limits, emulator.speed),
    account: fingerprint(access),
    wire: openWire({ ...access, clock, random, signal: world.stop }),
    paid: openPaidWires({ ...access, clock }),
  };
}

/** Where time runs faster, whatever is counted in it does too. Answers travel no faster, so a submit's deadline stays. */
const hastened = (limits: Limits, speed: number): Limits => ({
  slots: limits.slots,
  submitsPerMinute: limits.submitsPerMinute * speed,
  poll: {
    first: limits.poll.first / speed,
    least: limits.poll.least / speed,
    most: limits.poll.most / speed,
  },
  visibleAfter: limits.visibleAfter / speed,
  submitDeadline: limits.submitDeadline,
});

/** Stops before the first intent when a key is missing or wrong: a free call, where the provider has one. */
export async function checkKeys(
  names: Iterable<ProviderName>,
  connect: (name: ProviderName) => Connection,
  world: World,
  emulated: boolean,
): Promise<void> {
  for (const name of new Set(names)) {
    const { secret } = providerNamed(name);
    if (!emulated && (world.env[secret] ?? "").trim() === "") {
      throw new UsageError(
        `${secret} is not set`,
        `export it, or try the whole run with --emulate, which needs none`,
        exit.refused,
      );
    }
    try {
      const { provider, wire } = connect(name);
      await provider.checkKey?.(wire);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      throw new UsageError(`${name}: ${error.message}`, `nothing was submitted; check ${secret}`, exit.refused);
    }
  }
}
