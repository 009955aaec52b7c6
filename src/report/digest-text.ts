/** The beginning of a text, without half of a character at its end. */
export const beginning = (text: string, characters: number): string =>
  Array.from(text.slice(0, characters * 2))
    .slice(0, characters)
    .join("");

/** The first ten digits of a digest: enough to name it in a command or a comment. */
export const shortDigest = (digest: string): string => beginning(digest.replace(/^sha256:/, ""), 10);

export const shortCommit = (commit: string): string => beginning(commit, 7);

export const shortHash = (sha256: string): string => beginning(sha256, 12);
