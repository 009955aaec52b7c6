import type { Store } from "../model/store.ts";
import { directoryStore } from "./directory.ts";

/** What a project says about where its outputs are kept. */
export interface StoreConfig {
  readonly to: "directory";
  readonly path?: string;
  readonly commit?: boolean;
}

type OpenStore = (config: StoreConfig, root: string) => Store;

/** Every store there is. A new one is a file and a line here. */
const stores = {
  directory: ({ path = "out", commit = false }, root) => directoryStore({ root, path, commit }),
} satisfies { readonly [to in StoreConfig["to"]]: OpenStore };

/** Opens the store a project names; without a word it is the folder `out`. */
export const openStore = (config: StoreConfig | undefined, root: string): Store => {
  const chosen = config ?? { to: "directory" };
  return stores[chosen.to](chosen, root);
};
