const names = new Set([
  "accesskey",
  "accesskeyid",
  "accesstoken",
  "apikey",
  "apisecret",
  "apitoken",
  "authorization",
  "authtoken",
  "bearer",
  "bearertoken",
  "clientsecret",
  "credential",
  "credentials",
  "passwd",
  "password",
  "privatekey",
  "secret",
  "secretaccesskey",
  "secretkey",
  "secrettoken",
  "token",
  "xapikey",
]);

const owners = /^(?:golpo|viddyscribe|nanogpt|photogpt|openrouter|github|gh|aws|s3)(?=.)/;

/** Whether a key is the name of a secret, however it is spelt: api_key, X-API-Key, GOLPO_API_KEY. */
export function namesSecret(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const own = plain.replace(owners, "");
  return names.has(plain) || names.has(own) || (own !== plain && own === "key");
}

/** Keys of services that mark theirs. Strict: a prompt about keys is no key. */
const shapes =
  /(?<![\w-])(?:sk-[\w-]{20,}|vsk_[\w-]{20,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|xox[abprs]-[\w-]{16,})/;

export const looksSecret = (text: string): boolean => shapes.test(text);

const assigned =
  /(?:api[-_]?key|access[-_]?key|secret|token|password|authorization)["']?\s*[:=]\s*["']?[^\s"']{8,}|-----BEGIN/i;

/** Whether a line may hold a secret, so that it is better not shown. */
export const mayHoldSecret = (line: string): boolean => looksSecret(line) || assigned.test(line);
