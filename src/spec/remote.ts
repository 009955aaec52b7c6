import type { Refusal } from "../model/input.ts";

/** Why an address may not be handed to a provider, if it may not. Nobody here opens it. */
export function remoteRefusal(address: string): Refusal | undefined {
  if (!/^https:\/\//i.test(address)) {
    const message = `${JSON.stringify(address)} is neither a path nor an https address`;
    return { code: "bad-address", message, hint: "write a path relative to this file, or an address with https://" };
  }
  if (!URL.canParse(address)) return { code: "bad-address", message: `${JSON.stringify(address)} is no address` };
  const { username, password } = new URL(address);
  if (username !== "" || password !== "") {
    return {
      code: "secret-in-address",
      message: "an address with a user name or a password would be committed and shown",
    };
  }
  return undefined;
}
