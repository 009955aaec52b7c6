import { createHmac } from "node:crypto";
import type { Provider } from "../../model/provider.ts";
import { oneLine } from "../../model/text.ts";
import { ProviderError } from "../../providers/error.ts";
import { keyRemover, type Redact } from "../redact.ts";
import { isLoopback, isPublic, type Reachable } from "./address.ts";

/** Whom to talk to, with whose key. */
export interface Access {
  readonly provider: Provider;
  /** Undefined asks only for what everybody may see. */
  readonly key: string | undefined;
  /** The provider's own address, or the one that its `baseUrlVariable` names. */
  readonly baseUrl: string;
  /** An emulated run never leaves this machine. */
  readonly emulated: boolean;
}

/** Access that was found to be in order. */
export interface Account {
  readonly provider: Provider;
  readonly base: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Where addresses that come from outside may lead. */
  readonly reachable: Reachable;
  /** Takes the key out of an answer that repeats it, and leaves everything else as it is. */
  readonly withoutKey: Redact;
  /** Makes the provider's words fit to be kept and shown. */
  readonly clean: Redact;
}

const misconfigured = (message: string, failure: "auth" | "not-sent"): ProviderError =>
  new ProviderError(message, { class: failure, outcome: "notSent" });

/** The rule that no message may break: the key is not in it, not even the wrong one. */
function readKey({ provider, key }: Access): string | undefined {
  if (key === undefined) return undefined;
  const trimmed = key.trim();
  if (trimmed === "") throw misconfigured(`${provider.secret} is empty`, "auth");
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    throw misconfigured(`${provider.secret} holds a space, a line break or another character no key has`, "auth");
  return trimmed;
}

const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === "localhost" || isLoopback(hostname.replace(/^\[|\]$/g, ""));

function readBase({ provider, baseUrl, emulated }: Access): URL {
  const name = provider.baseUrlVariable;
  if (!URL.canParse(baseUrl)) throw misconfigured(`${name} is not an address`, "not-sent");
  const base = new URL(baseUrl);
  if (base.username !== "" || base.password !== "" || base.search !== "" || base.hash !== "")
    throw misconfigured(`${name} must be an address without a user name, a query or a fragment`, "not-sent");
  if (base.protocol !== "https:" && !(base.protocol === "http:" && isThisMachine(base)))
    throw misconfigured(`${name} must begin with https://; http:// is for this machine alone`, "not-sent");
  if (emulated && !isThisMachine(base))
    throw misconfigured(`${name} leads away from this machine, and this run is emulated`, "not-sent");
  const path = base.pathname.replace(/\/+$/, "");
  const apiPath = provider.apiPath;
  base.pathname = apiPath !== undefined && path.endsWith(apiPath) ? path.slice(0, -apiPath.length) : path;
  return base;
}

/** Checks key and address before anything is sent. */
export function openAccount(access: Access): Account {
  const key = readKey(access);
  const base = readBase(access);
  const withoutKey = keyRemover(key === undefined ? [] : [key]);
  return {
    provider: access.provider,
    base,
    headers: {
      accept: "application/json",
      "user-agent": "reelform",
      ...(key === undefined ? {} : access.provider.headers(key)),
    },
    reachable: (address) => (isThisMachine(base) && isLoopback(address)) || (!access.emulated && isPublic(address)),
    withoutKey,
    clean: (text) => oneLine(withoutKey(text)),
  };
}

/**
 * Tells accounts apart in the journal, which others may read: 48 bits of a keyed hash over a key that nobody can guess tell
 * nothing of the key. Undefined where the run is emulated: all such runs have one account, at an address that changes.
 */
export function fingerprint(access: Access): string | undefined {
  const key = readKey(access);
  if (access.emulated || key === undefined) return undefined;
  const { origin, pathname } = readBase(access);
  const address = `${origin}${pathname.replace(/\/+$/, "")}`;
  const about = JSON.stringify([access.provider.name, address, key]);
  return createHmac("sha256", "reelform account").update(about).digest("hex").slice(0, 12);
}

/** The address of a path at the provider. The key goes there, so a path that leads elsewhere is a bug and throws. */
export function locate({ base, provider }: Account, path: string): URL {
  const root = base.pathname.replace(/\/+$/, "");
  const url = new URL(`${base.origin}${root}${path}`);
  if (!path.startsWith("/") || url.origin !== base.origin || !url.pathname.startsWith(`${root}/`))
    throw new Error(`${provider.name} asked for ${path}, which is not one of its own paths`);
  return url;
}
