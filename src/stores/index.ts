import type { Store } from "../model/store.ts";
import { type DirectoryOptions, directoryStore } from "./directory.ts";
import { type ReleaseStoreOptions, releaseStore } from "./github-release.ts";

/** Which store, and all that it needs to know. */
export type StoreConfig =
  | ({ readonly to: "directory" } & DirectoryOptions)
  | ({ readonly to: "github-release" } & ReleaseStoreOptions);

/** Every store there is. A new one is a file, and a line above and here. */
export function openStore(config: StoreConfig): Store {
  switch (config.to) {
    case "directory":
      return directoryStore(config);
    case "github-release":
      return releaseStore(config);
  }
}
