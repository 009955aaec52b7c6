import type { GithubAddress } from "../io/github-session.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Where GitHub is and who speaks to it, as the environment says; or what it does not say. */
export function githubIn({
  GITHUB_API_URL: apiUrl = "https://api.github.com",
  GITHUB_REPOSITORY: repository,
  GITHUB_TOKEN: token,
}: Env): ({ readonly ok: true } & GithubAddress) | { readonly ok: false; readonly why: string } {
  if (repository === undefined) return { ok: false, why: "GITHUB_REPOSITORY is not set" };
  if (token === undefined || token === "") return { ok: false, why: "GITHUB_TOKEN is not set" };
  return { ok: true, apiUrl, token, repository };
}

/** What of the environment is nobody else's business. */
export const secretsIn = (env: Env): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && /(_KEY|TOKEN|SECRET|PASSWORD)$/.test(name) ? [value] : [],
  );
