import { GithubError } from "../io/github-error.ts";
import type { Release, ReleaseAsset, Releases } from "../io/github-releases.ts";
import { StoreError } from "../model/store.ts";

/** A release, and what is in it by name. Whoever adds or removes a file says so here. */
export interface Shelf {
  readonly release: Release;
  readonly files: Map<string, ReleaseAsset>;
}

/** Releases as they were when they were first looked at. */
export interface Shelves {
  /** Undefined where no published release has the tag. */
  at(tag: string): Promise<Shelf | undefined>;
  /** The same, made where there is none; undefined where the tag is somebody else's. */
  begin(tag: string): Promise<Shelf | undefined>;
  /** What was seen may not be so any more. */
  forget(): void;
}

/** A person's own release is told from ours by this. */
const marker = "<!-- reelform store -->";

const body = `${marker}
Finished videos, kept here by [Reelform](https://github.com/reelform/reelform) for the lockfiles and pull requests that link to them. Each is named by what it is of, its role and the first twelve digits of its sha256. Without this release those links lead nowhere.`;

export function shelves(api: () => Releases): Shelves {
  const seen = new Map<string, Promise<Shelf | undefined>>();

  const once = (tag: string, look: () => Promise<Shelf | undefined>): Promise<Shelf | undefined> => {
    const looking = look();
    seen.set(tag, looking);
    // What could not be seen is looked at again by whoever needs it next.
    looking.catch(() => seen.delete(tag));
    return looking;
  };

  async function open(release: Release | undefined): Promise<Shelf | undefined> {
    if (release === undefined || release.draft) return undefined;
    const files = await api().assets(release);
    return { release, files: new Map(files.map((file) => [file.name, file])) };
  }

  /** A draft is not found by its tag, and could not be published any more if another release had it. */
  async function findOrCreate(tag: string): Promise<Release> {
    const listed = (await api().all()).find((release) => release.tag === tag);
    if (listed !== undefined) return listed;
    const create = () => api().create({ tag, name: `Videos ${tag}`, body });
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof GithubError) || (error.kind !== "lost" && error.kind !== "exists")) throw error;
      const found = await api().byTag(tag);
      if (found === undefined && error.kind === "exists") throw error;
      return found ?? (await create());
    }
  }

  const at = (tag: string): Promise<Shelf | undefined> =>
    seen.get(tag) ?? once(tag, async () => open(await api().byTag(tag)));

  return {
    at,
    async begin(tag) {
      const shelf = (await at(tag)) ?? (await once(tag, async () => open(await findOrCreate(tag))));
      if (shelf === undefined || !shelf.release.body.startsWith(marker)) return undefined;
      if (shelf.release.immutable)
        throw new StoreError(
          `the release ${tag} is immutable, so no file can be added to it; turn immutable releases off for the repository that keeps files`,
        );
      return shelf;
    },
    forget: () => seen.clear(),
  };
}
