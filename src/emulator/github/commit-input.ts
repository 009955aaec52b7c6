import { isObject } from "../../model/json.ts";

/** What `createCommitOnBranch` is given, as GitHub's schema has it. */
export interface CommitInput {
  readonly repository: string;
  readonly branch: string;
  readonly headline: string;
  readonly body: string;
  readonly additions: readonly { readonly path: string; readonly contents: Buffer }[];
  readonly deletions: readonly string[];
  readonly expectedHeadOid: string;
}

type Read<T> = (value: unknown, at: string) => T;
type Shape = Readonly<Record<string, { readonly read: Read<unknown>; readonly needed: boolean }>>;

/** A value that does not fit the schema: `message` is what GitHub says of it. */
export class Unfit extends Error {}

const unfit = (at: string, why: string): never => {
  throw new Unfit(`Variable $input of type CreateCommitOnBranchInput! was provided invalid value for ${at} (${why})`);
};

const text: Read<string> = (value, at) =>
  typeof value === "string" ? value : unfit(at, `Could not coerce value ${JSON.stringify(value)} to String`);

const base64: Read<Buffer> = (value, at) => {
  const written = text(value, at);
  const bytes = Buffer.from(written, "base64");
  return bytes.toString("base64") === written ? bytes : unfit(at, "Expected value to be base64 encoded");
};

const oid: Read<string> = (value, at) =>
  /^[0-9a-f]{40}$/.test(text(value, at)) ? text(value, at) : unfit(at, "Expected value to be a GitObjectID");

const list =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.map((one, index) => read(one, `${at}.${index}`)) : unfit(at, "Expected a list");

function object(shape: Shape): Read<Readonly<Record<string, unknown>>> {
  return (value, at) => {
    if (!isObject(value)) return unfit(at, "Expected value to be an object");
    for (const name of Object.keys(value))
      if (!Object.hasOwn(shape, name)) unfit(`${at}.${name}`, "Field is not defined");
    for (const [name, { needed }] of Object.entries(shape))
      if (needed && (value[name] ?? null) === null) unfit(`${at}.${name}`, "Expected value to not be null");
    const given = Object.entries(shape).filter(([name]) => (value[name] ?? null) !== null);
    return Object.fromEntries(given.map(([name, { read }]) => [name, read(value[name], `${at}.${name}`)]));
  };
}

const must = (read: Read<unknown>) => ({ read, needed: true });
const may = (read: Read<unknown>) => ({ read, needed: false });

const schema = object({
  branch: must(object({ id: may(text), repositoryNameWithOwner: may(text), branchName: may(text) })),
  message: must(object({ headline: must(text), body: may(text) })),
  fileChanges: may(
    object({
      additions: may(list(object({ path: must(text), contents: must(base64) }))),
      deletions: may(list(object({ path: must(text) }))),
    }),
  ),
  expectedHeadOid: must(oid),
  clientMutationId: may(text),
});

/** Reads the input as strictly as GitHub does. Throws an Unfit. */
export function commitInput(value: unknown): CommitInput {
  const input = schema(value, "input") as {
    readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
    readonly message: { readonly headline: string; readonly body?: string };
    readonly fileChanges?: {
      readonly additions?: CommitInput["additions"];
      readonly deletions?: readonly { readonly path: string }[];
    };
    readonly expectedHeadOid: string;
  };
  const { repositoryNameWithOwner: repository, branchName } = input.branch;
  if (repository === undefined || branchName === undefined)
    return unfit("input.branch", "Expected repositoryNameWithOwner and branchName");
  return {
    repository,
    branch: branchName.replace(/^refs\/heads\//, ""),
    headline: input.message.headline,
    body: input.message.body ?? "",
    additions: input.fileChanges?.additions ?? [],
    deletions: (input.fileChanges?.deletions ?? []).map(({ path }) => path),
    expectedHeadOid: input.expectedHeadOid,
  };
}
