import { messageOf } from "../io/git/changes.ts";
import { githubRepositoryOf } from "../io/git/github-repository.ts";
import type { GitRepository } from "../io/git/repository.ts";
import { type OpenedPull, openPull } from "../io/github-pulls.ts";
import { polite } from "../io/github-session.ts";
import { redactor } from "../io/redact.ts";
import { sanitizeFor } from "../report/escape.ts";
import { locksPullBody, locksPullTitle } from "../report/locks-pull.ts";
import type { ResultDocument } from "../report/result-document.ts";
import { githubIn, secretsIn } from "./github-address.ts";
import { runUrl } from "./run-url.ts";
import type { World } from "./world.ts";

interface Locks {
  /** Where they are. */
  readonly branch: string;
  /** Where they belong. */
  readonly target: string;
  readonly commit: string;
}

/** Opens a pull request for locks that are beside their branch, unless one is open. Undefined away from GitHub. */
export async function locksPull(
  git: GitRepository,
  { branch, target, commit }: Locks,
  result: ResultDocument,
  { env, time }: World,
): Promise<OpenedPull | undefined> {
  const github = githubIn(env);
  if (!github.ok || !URL.canParse(github.apiUrl)) return undefined;
  const there = await githubRepositoryOf(git, github.apiUrl);
  if (there?.toLowerCase() !== github.repository.toLowerCase()) return undefined;
  const redact = redactor(secretsIn(env));
  const wanted = {
    head: branch,
    base: target,
    title: locksPullTitle(await messageOf(git, commit)),
    body: redact(locksPullBody(result, { target, runUrl: runUrl(env) })),
  };
  const opened = await openPull(github, wanted, { ...polite, sleep: (ms) => time.clock.sleep(ms) });
  if (opened.kind === "open") return { ...opened, url: sanitizeFor("actions", opened.url) };
  return { ...opened, why: sanitizeFor("actions", redact(opened.why)) };
}
