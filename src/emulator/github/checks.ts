import { type Context, Hono } from "hono";
import type { Env } from "../env.ts";
import { site } from "../github-json.ts";

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: string | undefined;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

interface Checks {
  readonly api: Hono<Env>;
  list(): readonly CheckRun[];
}

const longest = 65_535;
const documentation = "https://docs.github.com/rest/checks/runs#create-a-check-run";

/** The checks of one repository's commits. */
export function checks(repository: string): Checks {
  const kept: CheckRun[] = [];
  const api = new Hono<Env>();
  const path = `/repos/${repository}/check-runs`;

  const invalid = (c: Context<Env>, message: string): Response =>
    c.json({ message: `Invalid request.\n\n${message}`, documentation_url: documentation }, 422);

  api.post(path, async (c) => {
    const { name, head_sha: headSha, conclusion, output } = await c.req.json();
    if (typeof name !== "string" || typeof headSha !== "string") return invalid(c, 'missing keys: "name", "head_sha"');
    const { title = "", summary = "", text = "" } = output ?? {};
    if ([summary, text].some((words: string) => words.length > longest))
      return invalid(c, `Only ${longest} characters are allowed; more were supplied.`);
    const run = { id: kept.length + 1, name, headSha, conclusion, title, summary, text };
    kept.push(run);
    return c.json(checkJson(run, `${new URL(c.req.url).origin}${path}`, `${site}/${repository}`), 201);
  });

  return { api, list: () => kept };
}

function checkJson(run: CheckRun, base: string, home: string): Record<string, unknown> {
  const { id, name, headSha, conclusion, title, summary, text } = run;
  const at = "2026-01-01T00:00:00Z";
  return {
    id,
    node_id: `CR_${id}`,
    head_sha: headSha,
    external_id: "",
    url: `${base}/${id}`,
    html_url: `${home}/runs/${id}`,
    details_url: home,
    status: conclusion === undefined ? "queued" : "completed",
    conclusion: conclusion ?? null,
    started_at: at,
    completed_at: conclusion === undefined ? null : at,
    output: { title, summary, text, annotations_count: 0, annotations_url: `${base}/${id}/annotations` },
    name,
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
  };
}
