import { isObject } from "../model/json.ts";

/**
 * GitHub would not, or nobody knows whether it did. `lost`: the request may have taken effect. `too-long`: a shorter
 * body may pass. `exists`: there is one of that name. `full`: the release takes no more files. `limited`: it asks for a
 * longer wait than we have. `refused`: all other complete answers that say no.
 */
export class GithubError extends Error {
  override readonly name = "GithubError";
  readonly kind: "refused" | "too-long" | "exists" | "full" | "limited" | "lost";
  /** 0 where nothing was asked. */
  readonly status: number;

  constructor(kind: GithubError["kind"], status: number, message: string) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** An answer that says no, as Octokit throws it. Without a response the network failed. */
export interface Refusal extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown };
}

export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && !(error instanceof GithubError) && "status" in error && typeof error.status === "number";

/** The error's own message may quote the request, so only GitHub's answer is told. */
export function trouble({ status, response }: Pick<Refusal, "status" | "response">): GithubError {
  if (response === undefined) return new GithubError("lost", status, "GitHub cannot be reached");
  const { data } = response;
  const reasons = isObject(data) && Array.isArray(data.errors) ? data.errors.filter(isObject) : [];
  const words = [isObject(data) ? data.message : undefined, ...reasons.map(({ message }) => message)];
  const said = words.filter((word) => typeof word === "string").join("; ");
  const why = `GitHub answered ${status}: ${said === "" ? "no reason given" : said}`;
  if (status >= 500) return new GithubError("lost", status, why);
  if (status !== 422) return new GithubError("refused", status, why);
  if (/too long/i.test(JSON.stringify(data))) return new GithubError("too-long", status, why);
  if (reasons.some(({ code }) => code === "already_exists")) return new GithubError("exists", status, why);
  if (reasons.some(({ field }) => field === "file_count")) return new GithubError("full", status, why);
  return new GithubError("refused", status, why);
}
