import { runGit } from "../io/git/run.ts";
import { openInputs } from "../io/inputs.ts";
import { lockPath } from "../lock/path.ts";
import type { Inputs } from "../model/input.ts";
import type { Action, Change, Plan } from "../model/plan.ts";
import type { RepoPath, Unit } from "../model/unit.ts";
import { parseSpec } from "../spec/parse.ts";
import { resolveAll } from "../spec/resolve-all.ts";
import { loadValidators } from "../spec/validators.ts";
import { UsageError } from "./exit.ts";
import type { Gathered } from "./gather.ts";

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
  if (base !== undefined) await mustExist(base, gathered);
  const replaced = plan.actions.flatMap(({ action }) => (action.kind === "replace" ? [action.unit.spec] : []));
  const earlier = new Map<string, Unit>();
  for (const spec of new Set(replaced)) {
    const commit = base ?? (await lastCommitOf(lockPath(spec), gathered));
    if (commit === undefined) continue;
    for (const unit of await unitsAt(commit, spec, gathered)) earlier.set(unit.id, unit);
  }
  const explain = (action: Action): Action => {
    const before = action.kind === "replace" ? earlier.get(action.unit.id) : undefined;
    if (action.kind !== "replace" || before === undefined) return action;
    return { ...action, because: action.because.map((change) => withValues(change, before, action.unit)) };
  };
  return { ...plan, actions: plan.actions.map(({ action, estimate }) => ({ action: explain(action), estimate })) };
}

function withValues(change: Change, before: Unit, now: Unit): Change {
  const [old, next] = [text(before.request.with[change.field]), text(now.request.with[change.field])];
  return { ...change, ...(old === undefined ? {} : { before: old }), ...(next === undefined ? {} : { after: next }) };
}

const text = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);

async function mustExist(ref: string, { repository }: Gathered): Promise<void> {
  const found = ref.startsWith("-")
    ? undefined
    : await runGit(repository.project, ["rev-parse", "-q", "--verify", `${ref}^{commit}`]);
  if (found?.code !== 0)
    throw new UsageError(`--base ${ref}: there is no such commit here`, "in CI, check out with the whole history");
}

async function lastCommitOf(path: RepoPath, { repository }: Gathered): Promise<string | undefined> {
  const { stdout } = await runGit(repository.project, ["log", "-1", "--format=%H", "--", path]);
  const commit = stdout.toString("utf8").trim();
  return commit === "" ? undefined : commit;
}

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
  for (const name of [...(gathered.read.get(file) ?? [])].map((one) => one.slice(0, one.lastIndexOf(" ")))) {
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
