import { withoutSecrets } from "../model/text.ts";

/** Takes secrets out of a text that is about to leave the program. Applied twice it is the same as once. */
export type Redact = (text: string) => string;

/** Shorter than this, a "secret" is an ordinary word, and taking it out would garble everything. */
const shortest = 6;

/** Every spelling in which a key may come back to us: as it is, in an address, in JSON, in base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

/** Knows the keys of this run and nothing else, so that a signed address passes as it is. */
export function keyRemover(secrets: readonly string[]): Redact {
  const known = [...new Set(secrets.map((secret) => secret.trim()).filter((secret) => secret.length >= shortest))]
    .flatMap(spellings)
    .sort((a, b) => b.length - a.length);
  return (text) => known.reduce((cleaner, secret) => cleaner.replaceAll(secret, "[secret]"), text);
}

/** Knows the keys of this run, and the looks of others. */
export function redactor(secrets: readonly string[]): Redact {
  const withoutKeys = keyRemover(secrets);
  return (text) => withoutSecrets(withoutKeys(text));
}
