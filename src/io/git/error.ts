/** Git said no. The message holds its own words, without the credentials that an address may carry. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly code: number;
  readonly stderr: string;

  constructor(command: string, code: number, stderr: string, options?: ErrorOptions) {
    const said = clean(stderr);
    super(`git ${command}: ${said === "" ? `ended with code ${code}` : said}`, options);
    this.code = code;
    this.stderr = said;
  }
}

/** Git's words as they may be shown: no user or token of an address, no warning that our own settings caused. */
export const clean = (stderr: string): string =>
  stderr
    .replace(/^warning: core\.fsyncObjectFiles is deprecated.*\n?/gm, "")
    .replace(/\/\/[^/@\s]+@/g, "//***@")
    .trim();
