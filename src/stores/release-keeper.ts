import { createHash } from "node:crypto";
import { GithubError } from "../io/github-error.ts";
import type { ReleaseAsset, Releases } from "../io/github-releases.ts";
import type { Pace } from "../io/github-session.ts";
import { kindOfFile } from "../io/kind-of-file.ts";
import type { Clock } from "../model/clock.ts";
import { type Finished, StoreError } from "../model/store.ts";
import { nameOf } from "./name.ts";
import type { Shelf, Shelves } from "./release-shelf.ts";

export interface KeeperOptions {
  /** What the tags of the releases begin with; the month follows. */
  readonly tag: string;
  readonly pace: Pace;
  readonly clock: Pick<Clock, "now">;
}

/** Brings files into releases, one file at a time. What goes wrong out there is a GithubError. */
export interface ReleaseKeeper {
  /** Makes sure that there is a release for what comes next. */
  room(): Promise<void>;
  /** Whether this is the file, byte by byte. Where GitHub gives no digest, the bytes are fetched and hashed. */
  isKept(shelf: Shelf, asset: ReleaseAsset, file: Pick<Finished, "sha256" | "bytes">): Promise<boolean>;
  /** Keeps the file and answers its address. Throws a StoreError after the last try. */
  keep(file: Finished): Promise<string>;
}

/** GitHub takes 1,000 files into a release. The rest is for runs that add to the same one at the same time. */
const roomFor = 950;
const tries = 5;
/** Seconds between two looks at a stump that may be another run's upload under way. */
const betweenLooks = 5;
/** Seconds that an upload may take; a stump that is older is one that broke off. */
const uploadTakes = (bytes: number): number => 10 + bytes / 1e6;

export function releaseKeeper(
  { tag, pace, clock }: KeeperOptions,
  api: () => Releases,
  shelves: Shelves,
): ReleaseKeeper {
  const full = new Set<number>();

  /** The release that has the file, or else the first of the month with room. */
  async function shelfFor(month: string, name: string): Promise<Shelf> {
    for (let number = 1; ; number++) {
      const shelf = await shelves.begin(`${tag}-${month}${number === 1 ? "" : `-${number}`}`);
      if (shelf === undefined) continue;
      const hasRoom = shelf.files.size < roomFor && !full.has(shelf.release.id);
      if (hasRoom || shelf.files.has(name)) return shelf;
    }
  }

  async function isKept(shelf: Shelf, asset: ReleaseAsset, file: Pick<Finished, "sha256" | "bytes">): Promise<boolean> {
    if (!asset.whole || asset.bytes !== file.bytes) return false;
    const sha256 = asset.sha256 ?? (await hashOf(asset));
    shelf.files.set(asset.name, { ...asset, sha256 });
    return sha256 === file.sha256;
  }

  async function hashOf(asset: ReleaseAsset): Promise<string> {
    let hash = createHash("sha256");
    await api().download(asset, {
      restart: () => {
        hash = createHash("sha256");
      },
      append: (piece) => hash.update(piece),
    });
    return hash.digest("hex");
  }

  /** Keeps the file unless it is kept. `under-way`: another run may be at it. `another`: what is there is not the file. */
  async function attempt(
    file: Finished,
    month: string,
    mayBeOthers: boolean,
  ): Promise<{ readonly url: string } | "under-way" | "another"> {
    const name = assetName(file);
    const shelf = await shelfFor(month, name);
    const there = shelf.files.get(name);
    if (there !== undefined) {
      if (await isKept(shelf, there, file)) return there;
      const age = clock.now() - there.createdAt;
      if (!there.whole && mayBeOthers && age < uploadTakes(file.bytes) * 1000) return "under-way";
      await api().remove(there);
      shelf.files.delete(name);
    }
    const { path, bytes } = file;
    const mediaType = (await kindOfFile(path))?.mediaType ?? "application/octet-stream";
    const sent = await fillable(shelf, () => api().upload(shelf.release, { name, mediaType, path, bytes }));
    return (await isKept(shelf, sent, file)) ? sent : "another";
  }

  async function fillable<T>({ release }: Shelf, add: () => Promise<T>): Promise<T> {
    try {
      return await add();
    } catch (error) {
      if (error instanceof GithubError && error.kind === "full") full.add(release.id);
      throw error;
    }
  }

  async function keep(file: Finished): Promise<string> {
    const month = monthOf(clock.now());
    let why = "GitHub has something else in its place";
    // A stump that we left ourselves is nobody's upload under way.
    let stumpIsOurs = false;
    let waited = 0;
    for (let tried = 0; tried < tries; ) {
      let wait = 2 ** tried;
      try {
        const found = await attempt(file, month, !stumpIsOurs && waited < uploadTakes(file.bytes));
        if (typeof found === "object") return found.url;
        if (found === "under-way") {
          wait = betweenLooks;
          waited += wait;
        } else tried += 1;
      } catch (error) {
        if (!(error instanceof GithubError) || !mayPass(error)) throw error;
        stumpIsOurs ||= error.kind === "lost";
        why = error.message;
        tried += 1;
      }
      shelves.forget();
      await pace.sleep(pace.second * wait);
    }
    throw new StoreError(`${file.unit} could not be kept in a release: ${why}`);
  }

  return {
    room: async () => {
      await shelfFor(monthOf(clock.now()), "");
    },
    isKept,
    keep,
  };
}

const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** GitHub gives a name with two dots in a row another one. */
const assetName = (file: Finished): string => nameOf(file).replace(/\.{2,}/g, ".");

/** Whether another attempt may well go through: what we looked at may have been deleted meanwhile. */
const mayPass = ({ kind, status }: GithubError): boolean =>
  kind === "lost" || kind === "exists" || kind === "full" || status === 404;
