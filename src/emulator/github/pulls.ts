import { type Context, Hono } from "hono";
import type { Env } from "../env.ts";
import { type Place, type Pull, pullJson } from "../github-json.ts";
import type { Bare } from "./bare.ts";
import { page } from "./page.ts";

/** What pull requests need of everything else. */
export interface PullPorts {
  /** "owner/name" */
  readonly repository: string;
  /** By number; whoever opens one adds it here. */
  readonly pulls: Map<number, Pull>;
  readonly bare: Bare | undefined;
  speaker(c: Context<Env>): string;
  comments(pull: number): number;
}

const documentation = "https://docs.github.com/rest/pulls/pulls";

/** The pull requests of one repository: looked at, listed, and opened between two of its branches. */
export function pullRequests({ repository, pulls, bare, speaker, comments }: PullPorts): Hono<Env> {
  const api = new Hono<Env>();
  const base = `/repos/${repository}/pulls`;
  const [owner = ""] = repository.split("/");
  const place = (c: Context<Env>): Place => ({ origin: new URL(c.req.url).origin, repository });
  const json = (pull: Pull, c: Context<Env>) => pullJson(pull, comments(pull.number), place(c));
  const label = ({ author, fork, branch = "videos" }: Pull): string => `${fork ? author : owner}:${branch}`;
  const open = (): readonly Pull[] => [...pulls.values()].filter(({ state = "open" }) => state === "open");

  const wrong = (c: Context<Env>, message: string, field?: string): Response => {
    const error = { resource: "PullRequest", code: field === undefined ? "custom" : "invalid", field, message };
    return c.json({ message: "Validation Failed", errors: [error], documentation_url: documentation }, 422);
  };

  api.get(`${base}/:number{[0-9]+}`, (c) => {
    const pull = pulls.get(Number(c.req.param("number")));
    return pull === undefined ? c.notFound() : c.json(json(pull, c));
  });

  api.get(base, (c) => {
    const { state = "open", head, base: target } = c.req.query();
    const fits = [...pulls.values()].filter(
      (pull) =>
        (state === "all" || (pull.state ?? "open") === state) &&
        // A head that names no owner is no filter.
        (head?.includes(":") !== true || label(pull) === head) &&
        (target === undefined || (pull.base ?? "main") === target),
    );
    const { items, link } = page(fits.toReversed(), new URL(c.req.url));
    if (link !== undefined) c.header("link", link);
    return c.json(items.map((pull) => json(pull, c)));
  });

  api.post(base, async (c) => {
    const { title, head, base: target, body = null } = await c.req.json();
    if (typeof title !== "string" || title.trim() === "") return wrong(c, "title can't be blank", "title");
    const branch = String(head).replace(`${owner}:`, "");
    const [from, to] = await Promise.all([bare?.head(branch), bare?.head(String(target))]);
    if (from === undefined) return wrong(c, "head is invalid", "head");
    if (to === undefined) return wrong(c, "base is invalid", "base");
    if (from === to) return wrong(c, `No commits between ${target} and ${branch}`);
    if (open().some((pull) => label(pull) === `${owner}:${branch}` && (pull.base ?? "main") === target))
      return wrong(c, `A pull request already exists for ${owner}:${branch}.`);
    const number = Math.max(0, ...pulls.keys()) + 1;
    const pull = { number, head: from, author: speaker(c), fork: false, branch, base: String(target), title, body };
    pulls.set(number, pull);
    return c.json(json(pull, c), 201);
  });

  return api;
}
