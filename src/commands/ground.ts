import { messageOf, parentsOf } from "../io/git/changes.ts";
import type { GitRepository } from "../io/git/repository.ts";
import { git } from "../io/git/run.ts";
import { planTrailer } from "../report/commit-message.ts";

/** Whether a message is that of a commit of ours. */
export const isOurs = (message: string): boolean => message.includes(`\n${planTrailer}`);

/** What a commit of ours stands on, others of ours apart that earlier runs could not bring to the remote. */
export async function groundOf(
  repository: GitRepository,
  parent: string | undefined,
  remote: string,
): Promise<string | undefined> {
  if (parent === undefined || !isOurs(await messageOf(repository, parent))) return parent;
  const [next] = await parentsOf(repository, parent);
  if (next === undefined || (await isKnown(repository, parent, remote))) return parent;
  return groundOf(repository, next, remote);
}

/** Whether the remote had a commit when it was last looked at. */
async function isKnown({ top }: GitRepository, commit: string, remote: string): Promise<boolean> {
  const copies = [`refs/remotes/${remote}/`, `refs/reelform-remotes/${remote}/heads/`];
  return (await git(top, ["for-each-ref", "--count=1", "--contains", commit, ...copies])) !== "";
}
