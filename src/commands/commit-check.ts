import { github } from "../io/github-client.ts";
import { GithubError } from "../io/github-error.ts";
import { type GithubAddress, polite } from "../io/github-session.ts";
import { redactor } from "../io/redact.ts";
import { checkMarkdown } from "../report/comment.ts";
import type { ResultDocument } from "../report/result-document.ts";
import { exit } from "./exit.ts";
import { secretsIn } from "./github-address.ts";

interface CommitCheck {
  readonly commit: string;
  readonly code: number;
  readonly result: ResultDocument;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Says on the commit of the locks what came of the run. Resolves to why GitHub would not have it, if so. */
export async function checkCommit(
  { commit, code, result, env }: CommitCheck,
  address: GithubAddress,
): Promise<string | undefined> {
  const redact = redactor(secretsIn(env));
  const { title, summary, text } = checkMarkdown(result);
  try {
    const words = { title: redact(title), summary: redact(summary), text: redact(text) };
    await github(address, polite).check({ commit, conclusion: conclusionOf(code), ...words });
    return undefined;
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return error.message;
  }
}

function conclusionOf(code: number): "success" | "failure" | "neutral" {
  if (code === exit.done) return "success";
  return code === exit.running || code === exit.changes ? "neutral" : "failure";
}
