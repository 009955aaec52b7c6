import { githubRepositoryOf } from "../io/git/github-repository.ts";
import { polite } from "../io/github-session.ts";
import { type Store, StoreError } from "../model/store.ts";
import { openStore } from "../stores/index.ts";
import { exit, UsageError } from "./exit.ts";
import type { Gathered } from "./gather.ts";
import type { World } from "./world.ts";

/** The store that a project names. What emulated runs make leaves this machine for no store: it is kept in a folder. */
export async function storeOf(
  { project, root, git }: Pick<Gathered, "project" | "root" | "git">,
  { emulate }: { readonly emulate: boolean },
  { env, time }: World,
): Promise<Store> {
  const { store } = project;
  if (store.to === "directory") return openStore({ ...store, root });
  if (emulate) return openStore({ to: "directory", path: "out", commit: false, root });
  if (store.to === "s3")
    throw new UsageError("store.to: s3 is not available in this version", "use `to: directory`", exit.wrongInput);

  const { GITHUB_API_URL: apiUrl = "https://api.github.com", GITHUB_TOKEN: token, GITHUB_REPOSITORY: here } = env;
  if (!URL.canParse(apiUrl)) throw new UsageError("GITHUB_API_URL is not an address", undefined, exit.wrongInput);
  const repository =
    store.repository ?? here ?? (git === undefined ? undefined : await githubRepositoryOf(git, apiUrl));
  if (repository === undefined)
    throw new UsageError(
      "store: it is not known which repository of GitHub's keeps the files",
      "name it as `repository: owner/name`",
      exit.wrongInput,
    );
  const { clock } = time;
  return openStore({
    ...{ to: "github-release", apiUrl, repository, tag: store.tag, clock },
    token: token === "" ? undefined : token,
    pace: { ...polite, sleep: (ms) => clock.sleep(ms) },
  });
}

/** The stores of real and of emulated results, each opened when it is first needed. */
export function storesOf(gathered: Gathered, world: World): (emulate: boolean) => Promise<Store> {
  const opened = new Map<boolean, Promise<Store>>();
  return (emulate) => {
    const store = opened.get(emulate) ?? storeOf(gathered, { emulate }, world);
    opened.set(emulate, store);
    return store;
  };
}

/** Stops before anything is paid for that could not be kept. */
export async function prepareStore(store: Store): Promise<void> {
  try {
    await store.prepare();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new UsageError(error.message, "nothing was submitted; see `store` in the project file", exit.refused);
  }
}
