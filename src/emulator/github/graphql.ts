import { Hono } from "hono";
import type { Env } from "../env.ts";
import type { Bare, Made } from "./bare.ts";
import { type CommitInput, commitInput, Unfit } from "./commit-input.ts";

/** Who asks, and where their commits go. */
export interface GraphqlPorts {
  /** "owner/name" */
  readonly repository: string;
  /** Undefined where nobody has any. */
  readonly bare: Bare | undefined;
  speaker(authorization: string | undefined): string;
}

const shape =
  /^mutation \w*\(\$(\w+): CreateCommitOnBranchInput!\) \{ createCommitOnBranch\(input: \$\1\) \{ commit \{ oid( url)? \} \} \}$/;

interface Refusal {
  readonly type?: string;
  readonly message: string;
}

/** The one mutation of GitHub's GraphQL API that makes a commit. Like there, a refusal is an answer of status 200. */
export function graphql({ repository, bare, speaker }: GraphqlPorts): Hono<Env> {
  const api = new Hono<Env>();
  const refused = ({ type, message }: Refusal, known = true) => ({
    ...(known ? { data: { createCommitOnBranch: null } } : {}),
    errors: [
      {
        ...(type === undefined ? {} : { type }),
        ...(known ? { path: ["createCommitOnBranch"] } : {}),
        locations: [{ line: 2, column: 3 }],
        message,
      },
    ],
  });

  api.post("/graphql", async (c) => {
    const { query, variables } = await c.req.json();
    const [, variable] = shape.exec(String(query).replace(/\s+/g, " ").trim()) ?? [];
    if (variable === undefined) return c.json(refused({ message: "Parse error on the query" }, false));
    try {
      const input = commitInput(variables?.[variable]);
      const wrong = misplaced(input);
      if (wrong !== undefined) return c.json(refused(wrong));
      if (bare === undefined || input.repository.toLowerCase() !== repository.toLowerCase())
        return c.json(refused(noRepository(input.repository)));
      if ((await bare.head(input.branch)) === undefined)
        return c.json(refused({ type: "NOT_FOUND", message: "Branch not found" }));
      const { headline, body, expectedHeadOid: parent } = input;
      const message = body === "" ? headline : `${headline}\n\n${body}`;
      const login = speaker(c.req.header("authorization"));
      const author = { name: login, email: `${login}@users.noreply.github.com` };
      const made = await bare.commit({ ...input, message, parent, author });
      if (made.kind !== "made") return c.json(refused(reason(made, parent)));
      return c.json({ data: { createCommitOnBranch: { commit: { oid: made.commit } } } });
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      return c.json(refused({ message: error.message }, false));
    }
  });
  return api;
}

const noRepository = (name: string): Refusal => ({
  type: "NOT_FOUND",
  message: `Could not resolve to a Repository with the name '${name}'.`,
});

/** A path that leads nowhere, or is named twice. */
function misplaced({ additions, deletions }: CommitInput): Refusal | undefined {
  const paths = [...additions.map(({ path }) => path), ...deletions];
  const bad = paths.find(
    (path, at) => paths.indexOf(path) !== at || /^\/|\/\/|\/$|^$|(^|\/)(\.|\.\.|\.git)(\/|$)/.test(path),
  );
  if (bad !== undefined) return { type: "UNPROCESSABLE", message: `A path was requested that is not valid: ${bad}` };
  return paths.length > 0 ? undefined : { type: "UNPROCESSABLE", message: "No file changes were given" };
}

function reason(made: Exclude<Made, { kind: "made" }>, expected: string): Refusal {
  switch (made.kind) {
    case "stale":
      return {
        type: "STALE_DATA",
        message: `Expected branch to point to "${expected}" but it did not.  Pull and try again.`,
      };
    case "no-file":
      return { type: "UNPROCESSABLE", message: `A path was requested for deletion which does not exist: ${made.path}` };
    case "refused":
      return {
        // Rules of a branch and rules of a repository are refused under two names.
        type: /GH006/.test(made.words) ? "BRANCH_PROTECTION_RULE_VIOLATION" : "UNPROCESSABLE",
        message: made.words.replace(/^error: GH\d+: /, ""),
      };
  }
}
