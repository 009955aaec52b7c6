/** The beginning of a text, without half of a character at its end. */
export const beginning = (text: string, characters: number): string =>
  Array.from(text.slice(0, characters * 2))
    .slice(0, characters)
    .join("");

/** The digits of a digest, without the name of what made them. */
export const bareDigest = (digest: string): string => digest.replace(/^sha256:/, "");

/** The first ten digits of a digest: enough to name it in a command or a comment. */
export const shortDigest = (digest: string): string => beginning(bareDigest(digest), 10);

export const shortCommit = (commit: string): string => beginning(commit, 7);

export const shortHash = (sha256: string): string => beginning(sha256, 12);
