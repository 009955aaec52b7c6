const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const invisible = /\p{Cf}/gu;
const address = /\b(https?:\/\/)(?:[^\s/"'<>@]*@)?([^\s"'<>?#]*)(?:[?#][^\s"'<>]*)?/gi;

const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[secret]"],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "$1 [secret]"],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, "[secret]"],
  [/\b(?:v?sk|pk|rk|ghp|gho|ghu|ghs|ghr|github_pat|glpat|npm|xox[abeprs]|hf|r8)[-_][\w-]{16,}/g, "[secret]"],
  [/\b(?:AKIA|ASIA|AIza)[\w-]{12,}/g, "[secret]"],
  [
    /\b((?:x-)?api[-_]?key|(?:access|auth|refresh|security)?[-_]?token|secret|password|passwd|signature|sig|credential)(["']?\s*[:=]\s*["']?)(?=[^\s"',;&]*\d)[^\s"',;&]{8,}/gi,
    "$1$2[secret]",
  ],
];

/** Takes out what looks like a key, a token or a signature, whoever it belongs to. Line breaks stay. */
export const withoutSecrets = (text: string): string =>
  shapes.reduce((cleaner, [shape, instead]) => cleaner.replace(shape, instead), text);

/**
 * Somebody else's words, fit to be kept in a lock and shown on one line: no control, bidirectional or invisible
 * characters, no user names or query strings in addresses, nothing that looks like a secret, and not longer than `most`.
 */
export function oneLine(text: string, most = 500): string {
  const bounded = text.slice(0, most * 8);
  const plain = withoutSecrets(bounded.replace(controls, " ").replace(invisible, "").replace(address, "$1$2")).trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
