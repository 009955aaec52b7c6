import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { isLoopback, type Reachable } from "./address.ts";

/** An address that a file or an answer names, and that nobody outside has any business with. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
}

/**
 * Looks the name up once, checks every address it has, and connects to one of those: a name that answers differently
 * the second time is never asked a second time.
 */
function checkedLookup(reachable: Reachable, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null || typeof found === "string") return callback(error, "");
      const forbidden = found.find(({ address }) => !reachable(address));
      const [first] = found;
      if (forbidden !== undefined || first === undefined)
        return callback(new ForbiddenAddress(`${hostname} leads to ${forbidden?.address ?? "no address"}`), "");
      return options.all === true ? callback(null, found) : callback(null, first.address, first.family);
    });
  };
}

/**
 * Connects only where `reachable` allows, and without TLS only to this machine. For every address that came from
 * outside: a spec's, an answer's, a redirect's.
 */
export function guardedConnector(
  reachable: Reachable,
  timeout: number,
  lookup: LookupFunction = systemLookup as LookupFunction,
): buildConnector.connector {
  const connectors: Readonly<Record<string, readonly [Reachable, buildConnector.connector]>> = Object.fromEntries(
    (
      [
        ["https:", reachable],
        ["http:", (address) => isLoopback(address) && reachable(address)],
      ] satisfies readonly (readonly [string, Reachable])[]
    ).map(([protocol, allowed]) => [
      protocol,
      [allowed, buildConnector({ timeout, lookup: checkedLookup(allowed, lookup) } as buildConnector.BuildOptions)],
    ]),
  );
  return (options, callback) => {
    const known = connectors[options.protocol];
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (known === undefined || (isIP(literal) !== 0 && !known[0](literal)))
      callback(new ForbiddenAddress(`${options.protocol}//${options.hostname} may not be reached`), null);
    else known[1](options, callback);
  };
}
