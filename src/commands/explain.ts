import { runGit } from "../io/git/run.ts";
import { openInputs } from "../io/inputs.ts";
import { lockPath } from "../lock/path.ts";
import type { Inputs } from "../model/input.ts";
import type { Action, Change, Plan } from "../model/plan.ts";
import type { RepoPath, Unit, UnitId } from "../model/unit.ts";
import { parseSpec } from "../spec/parse.ts";
import { resolveAll } from "../spec/resolve-all.ts";
import { loadValidators } from "../spec/validators.ts";
import { UsageError } from "./exit.ts";
import { type Gathered, namedBy, namesIn } from "./gather.ts";
import { commitNamed } from "./named-commit.ts";

/**
 * The plan with the values that changed, where Git still has the spec that the lock was made from (or the one at
 * `base`). Only for reading: the plan's digest and decisions do not depend on it.
 */
export async function explained(plan: Plan, gathered: Gathered, base: string | undefined): Promise<Plan> {
  const { git } = gathered;
  if (git === undefined || git.head === undefined) {
    if (base !== undefined) throw new UsageError(`--base ${base} needs a Git repository with a commit`);
    return plan;
  }
  if (base !== undefined) await commitNamed("--base", base, gathered.repository.project);
  const replaced = plan.actions.flatMap(({ action }) => (action.kind === "replace" ? [action] : []));
  const told = new Map<UnitId, readonly Change[]>();
  for (const spec of new Set(replaced.map(({ unit }) => unit.spec))) {
    let open = replaced.filter(({ unit }) => unit.spec === spec);
    for await (const commit of base === undefined ? commitsOf(spec, gathered) : [base]) {
      const then = new Map((await unitsAt(commit, spec, gathered)).map((unit) => [unit.id, unit]));
      open = open.filter((action) => {
        const before = then.get(action.unit.id);
        if (before === undefined || (base === undefined && !isOrigin(before, action))) return true;
        told.set(
          action.unit.id,
          action.because.map((change) => withValues(change, before, action.unit)),
        );
        return false;
      });
      if (open.length === 0) break;
    }
  }
  const explain = (action: Action): Action => {
    const because = action.kind === "replace" ? told.get(action.unit.id) : undefined;
    return action.kind === "replace" && because !== undefined ? { ...action, because } : action;
  };
  return { ...plan, actions: plan.actions.map(({ action, estimate }) => ({ action: explain(action), estimate })) };
}

type Replace = Extract<Action, { kind: "replace" }>;

/** Whether the lock was made from these very values: the commit of a lock may hold another version of its spec. */
const isOrigin = (before: Unit, { because, prior }: Replace): boolean =>
  because.every(({ field }) => before.fields[field] === prior.fields[field]);

/** How many versions of a spec are looked at for the one that its lock was made from. */
const mostVersions = 8;

/** Where the lock's version of a spec may be: in the lock's own commit first, then in those that changed the spec or its texts. */
async function* commitsOf(spec: RepoPath, gathered: Gathered): AsyncGenerator<string> {
  const [locked] = await commits(1, [lockPath(spec)], gathered);
  if (locked !== undefined) yield locked;
  for (const commit of await commits(mostVersions, [spec, ...namedBy(spec, gathered)], gathered))
    if (commit !== locked) yield commit;
}

async function commits(most: number, paths: readonly string[], { repository }: Gathered): Promise<readonly string[]> {
  const { stdout } = await runGit(repository.project, [
    "log",
    `-${most}`,
    "--format=%H",
    "--",
    ...paths.map((path) => `:(literal)${path}`),
  ]);
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function withValues(change: Change, before: Unit, now: Unit): Change {
  const [old, next] = [text(before.request.with[change.field]), text(now.request.with[change.field])];
  return { ...change, ...(old === undefined ? {} : { before: old }), ...(next === undefined ? {} : { after: next }) };
}

const text = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);

/** What a spec asked for at an earlier commit; nothing when it was not there, or was wrong. */
async function unitsAt(commit: string, file: RepoPath, gathered: Gathered): Promise<readonly Unit[]> {
  const show = async (path: string): Promise<string | undefined> => {
    const { code, stdout } = await runGit(gathered.repository.project, ["show", `${commit}:./${path}`]);
    return code === 0 ? stdout.toString("utf8") : undefined;
  };
  const source = await show(file);
  if (source === undefined) return [];
  const validators = await loadValidators(new Set(gathered.units.map(({ provider }) => provider)));
  const spec = parseSpec(file, source, validators);
  if (!spec.ok) return [];
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const texts = new Map<string, string>();
  for (const name of namesIn(file, gathered)) {
    const content = await show(`${folder}${name.replace(/^\.\//, "")}`);
    if (content !== undefined) texts.set(name, content);
  }
  const units = resolveAll([spec.value], gathered.project, {
    inputs: asOf(texts, openInputs(gathered.repository)),
    rules: validators.providers,
    remarks: () => [],
    takeOf: () => 1,
  });
  return units.ok ? units.value : [];
}

/** Texts as they were; files that are not text as they are, since only their hashes are compared. */
const asOf = (texts: ReadonlyMap<string, string>, now: Inputs): Inputs => ({
  asset: now.asset,
  text: (from, written) => {
    const then = texts.get(written);
    return then === undefined ? now.text(from, written) : { ok: true, value: then };
  },
});
