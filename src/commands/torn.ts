import type { GitRepository } from "../io/git/repository.ts";

/** How a person gets a readable journal again: the remote's copy, or the newest of our own that is whole. */
export function torn({ top, remote }: GitRepository, ref: string): string {
  const folder = `cd '${top.replaceAll("'", "'\\''")}'`;
  const clean = [
    "git fsck 2>&1 | grep -o '[^ ]*/objects/[0-9a-f]*/[0-9a-f]*' | xargs rm -f",
    `rm -f "$(git rev-parse --git-path ${ref})"`,
  ];
  if (remote !== undefined) {
    return steps(
      `fetch the copy of ${remote}. Lost is what this machine has not pushed: lockfiles name the jobs that still run, and the provider's own list shows any other`,
      [folder, ...clean, `git fetch --refetch ${remote} +${ref}:${ref}`],
    );
  }
  const commits = "git fsck --unreachable 2>/dev/null | sed -n 's/^unreachable commit //p'";
  const newestFirst = "git rev-list --topo-order --author=reelform --stdin";
  const useFirstWhole = `while read -r c; do git archive "$c" >/dev/null 2>&1 && git update-ref ${ref} "$c" && break; done`;
  return steps(
    "no remote has another copy. A backup of this folder may; if not, go back to the last state that is whole, and look in the provider's own list for jobs that no lockfile names, since what was written after that state would be paid for again",
    [folder, ...clean, `${commits} | ${newestFirst} | ${useFirstWhole}`],
  );
}

const steps = (what: string, commands: readonly string[]): string =>
  [what, ...commands.map((command) => `  ${command}`)].join("\n");
