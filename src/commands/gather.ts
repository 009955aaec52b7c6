import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join, posix, resolve as resolvePath } from "node:path";
import { readLocks, readSource, readSpecs, type SourceFile } from "../io/files.ts";
import { type GitRepository, openRepository } from "../io/git/repository.ts";
import { openInputs } from "../io/inputs.ts";
import type { Repository } from "../io/repository.ts";
import { sha256 } from "../io/sha256.ts";
import { type LockValidator, parseLock } from "../lock/parse.ts";
import { lockPath } from "../lock/path.ts";
import { type Catalogue, noCatalogue } from "../model/catalogue.ts";
import type { Inputs } from "../model/input.ts";
import { emptyLock, type Lock, type LockEntry, type Source } from "../model/lock.ts";
import type { Checked, Problem } from "../model/problem.ts";
import { type ProviderName, providerNames, type RepoPath, type Unit } from "../model/unit.ts";
import { validate as validateLock } from "../schema/lock.validate.js";
import { parseSpec, type Spec } from "../spec/parse.ts";
import { noProject, type Project, parseProject, settingsFor } from "../spec/project.ts";
import type { ResolvePorts } from "../spec/resolve.ts";
import { resolveAll } from "../spec/resolve-all.ts";
import { loadValidators } from "../spec/validators.ts";
import { locksOfBase } from "./base-locks.ts";
import { readCatalogues } from "./catalogues.ts";
import { providerNamed } from "./connections.ts";
import { exit, UsageError } from "./exit.ts";
import { lengthsOf } from "./facts.ts";
import type { CommonArgs, World } from "./world.ts";

/** Everything that the project's files say. */
export interface Gathered {
  readonly root: string;
  readonly repository: Repository;
  readonly git: GitRepository | undefined;
  readonly project: Project;
  readonly specs: readonly Spec[];
  readonly units: readonly Unit[];
  /** By the spec that a lockfile stands beside, the spec's own file there or not. */
  readonly locks: ReadonlyMap<RepoPath, Lock>;
  /** What each spec had read from other files. */
  readonly read: ReadonlyMap<RepoPath, ReadonlySet<string>>;
  /** What each provider offers, as of the day of its list. */
  readonly catalogues: ReadonlyMap<ProviderName, Catalogue>;
  /** How long the films and sounds last that units name, in seconds, by the sha256 of their bytes. */
  readonly lengths: ReadonlyMap<string, number>;
  /** What looks wrong and stops no plan. */
  readonly warnings: readonly Problem[];
}

export interface GatherArgs extends CommonArgs {
  /** The commit whose lockfiles count, where those of the checkout are not to be trusted. */
  readonly locks?: string | undefined;
}

/** Reads and checks the project's files: all problems of all of them at once, or what they ask for. */
export async function gather(args: GatherArgs, again: readonly string[], world: World): Promise<Checked<Gathered>> {
  const { root, git, repository } = await openProject(args, world);
  const validators = await loadValidators(providerNames);

  const problems: Problem[] = [];
  const read = new Map<RepoPath, Set<string>>();
  const take = <T>(checked: Checked<T>): T | undefined => {
    problems.push(...(checked.ok ? checked.warnings : checked.problems));
    return checked.ok ? checked.value : undefined;
  };

  const project = take(readProject(repository, args.config, validators)) ?? noProject;
  const sources = readSpecs(repository, project.videos);
  problems.push(...sources.problems);
  const specs = sources.files.flatMap(({ file, text }) => take(parseSpec(file, text, validators)) ?? []);
  const here = { root, git, videos: project.videos };
  const base = args.locks === undefined ? undefined : await locksOfBase("--locks", args.locks, here);
  const lockfiles = base ?? readLocks(repository, project.videos);
  if ("problems" in lockfiles) problems.push(...lockfiles.problems);
  const locks = new Map(
    lockfiles.files.map((source) => [specBeside(repository, source.file), take(lockIn(source)) ?? emptyLock]),
  );

  const catalogues = await readCatalogues(providersIn(specs), repository, take);
  const units = take(
    resolveAll(specs, project, {
      inputs: noted(openInputs(repository), read),
      rules: validators.providers,
      remarks: (provider, request) =>
        providerNamed(provider).remarks?.(request, {
          prices: settingsFor(project, provider).prices,
          catalogue: catalogues.get(provider) ?? noCatalogue,
          seconds: () => undefined,
        }) ?? [],
      takeOf: takes(locks, new Set(again)),
    }),
  );
  const stops = units === undefined || problems.some(({ severity }) => severity === "error");
  problems.push(...(base?.changed ?? []));
  if (stops) return { ok: false, problems };
  if (specs.length === 0 && locks.size === 0 && !args.quiet) tellNowhere(join(root, project.videos), world);
  const unknown = again.filter((id) => !units.some((unit) => unit.id === id));
  if (unknown.length > 0)
    throw new UsageError(`--replace: there is no unit ${unknown.join(", ")}`, "`reelform status` lists them");
  return {
    ok: true,
    value: {
      ...{ root, repository, git, project, specs, units, locks, read, catalogues },
      lengths: await lengthsOf(units, repository),
      warnings: problems,
    },
    warnings: problems,
  };
}

/** A folder with neither specs nor locks is no mistake, and most likely not the one that was meant. */
function tellNowhere(folder: string, { tell }: World): void {
  tell(`note: there are no specs; *.yaml and *.yml files are looked for below ${folder}`);
  tell("hint: `videos` in reelform.yaml names another folder, --dir another project");
}

/** The project's folder, and the repository around it where there is one. */
export async function openProject(
  { dir }: Pick<CommonArgs, "dir">,
  { cwd }: World,
): Promise<Pick<Gathered, "root" | "git" | "repository">> {
  const root = resolvePath(cwd, dir);
  if (!existsSync(root)) throw new UsageError(`there is no folder ${dir}`);
  const git = await openRepository(root);
  return { root, git, repository: { project: root, root: git?.top ?? root } };
}

const providersIn = (specs: readonly Spec[]): readonly ProviderName[] =>
  specs.flatMap(({ written }) => {
    const steps = Object.values(written.steps ?? {}).map(({ provider }) => provider);
    return written.provider === undefined ? steps : [written.provider, ...steps];
  });

/** Reads the project file; what it may hold without one is told too. */
export function readProject(
  repository: Repository,
  config: string | undefined,
  validators: Parameters<typeof parseProject>[2],
): Checked<Project> {
  const file = (config ?? "reelform.yaml") as RepoPath;
  const read = readSource(repository, file);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  if (read.value !== undefined) return parseProject(file, read.value.text, validators);
  if (config !== undefined)
    throw new UsageError(`there is no project file ${config}`, "--config is relative to the project's folder");
  return { ok: true, value: noProject, warnings: [] };
}

const lockIn = ({ file, text }: SourceFile): Checked<Lock> => parseLock(file, text, validateLock as LockValidator);

/** Reads the lock of a spec anew, for whoever writes it; undefined where it cannot be read. */
export const lockNow =
  ({ repository }: Gathered) =>
  (spec: RepoPath): Lock | undefined => {
    const source = readSource(repository, lockPath(spec));
    if (!source.ok) return undefined;
    if (source.value === undefined) return emptyLock;
    const read = lockIn(source.value);
    return read.ok ? read.value : undefined;
  };

/** The spec that a lockfile stands beside. One whose spec is gone counts too: it is what is to be forgotten, or moved. */
function specBeside(repository: Repository, lock: RepoPath): RepoPath {
  const stem = lock.replace(/\.lock\.json$/, "");
  const yml = `${stem}.yml` as RepoPath;
  return existsSync(join(repository.project, yml)) ? yml : (`${stem}.yaml` as RepoPath);
}

/**
 * Another take is one more than the last that has ended: while one is under way, that is the one that is meant. What was
 * renamed or copied asks for the take that the other lock has of the same request.
 */
function takes(locks: ReadonlyMap<RepoPath, Lock>, replaced: ReadonlySet<string>): ResolvePorts["takeOf"] {
  const own = new Map([...locks.values()].flatMap(({ units }) => [...units]));
  const later = new Map([...own.values()].filter(({ take }) => take > 1).map((entry) => [entry.digest, entry]));
  const numbers = [...new Set([...later.values()].map(({ take }) => take))];
  const isOpen = ({ state }: LockEntry): boolean => state === "submitted" || state === "unknown";
  return (id, digestAt) => {
    const entry = own.get(id) ?? numbers.flatMap((take) => later.get(digestAt(take)) ?? []).at(-1);
    const more = replaced.has(id) && !(entry !== undefined && isOpen(entry)) ? 1 : 0;
    return (entry?.take ?? 1) + more;
  };
}

/** A run that spends needs the journal, and the journal lives in Git. */
export function requireGit({ git, root }: Gathered): GitRepository {
  if (git !== undefined) return git;
  throw new UsageError(
    `${root} is not in a Git repository, and the record of what was paid for is kept in one`,
    "run `git init`",
    exit.refused,
  );
}

/** Hints for the lock: the spec's own blob, and a hash over the project file and every file that the spec names. */
export function sourceOf({ specs, project, read }: Gathered): (spec: RepoPath) => Source | undefined {
  const texts = new Map(specs.map(({ document }) => [document.file, document.text]));
  return (spec) => {
    const text = texts.get(spec);
    if (text === undefined) return undefined;
    const inputs = JSON.stringify([project.document?.text ?? "", [...(read.get(spec) ?? [])].sort()]);
    return { spec: blobId(text), inputs: `sha256:${sha256(inputs)}` };
  };
}

/** The names of the files that a spec has read, as it writes them. */
export const namesIn = (spec: RepoPath, { read }: Pick<Gathered, "read">): readonly string[] =>
  [...(read.get(spec) ?? [])].map((one) => one.slice(0, one.lastIndexOf(" ")));

/** The same files, named from the project's folder. */
export const namedBy = (spec: RepoPath, gathered: Pick<Gathered, "read">): readonly RepoPath[] =>
  namesIn(spec, gathered).map((name) => posix.join(posix.dirname(spec), name) as RepoPath);

/** Notes what each spec had read, by name and content. */
function noted(inputs: Inputs, read: Map<RepoPath, Set<string>>): Inputs {
  const note = (from: RepoPath, written: string, content: string): void => {
    read.set(from, (read.get(from) ?? new Set()).add(`${written} ${sha256(content)}`));
  };
  return {
    text: (from, written) => {
      const answer = inputs.text(from, written);
      if (answer.ok) note(from, written, answer.value);
      return answer;
    },
    asset: (from, written, wanted) => {
      const answer = inputs.asset(from, written, wanted);
      if (answer.ok) note(from, written, answer.value.sha256);
      return answer;
    },
  };
}

/** The name that Git gives to this content. */
function blobId(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
