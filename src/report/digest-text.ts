/** The first ten digits of a digest: enough to name it in a command or a comment. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, "").slice(0, 10);

export const shortCommit = (commit: string): string => commit.slice(0, 7);
