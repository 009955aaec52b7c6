import { createHash, randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { GithubError } from "../io/github-error.ts";
import { type ReleaseAsset, releases } from "../io/github-releases.ts";
import type { GithubReader, Pace } from "../io/github-session.ts";
import { openPart } from "../io/http/part.ts";
import { kindOfFile } from "../io/kind-of-file.ts";
import type { Clock } from "../model/clock.ts";
import type { Output } from "../model/output.ts";
import { type Finished, type Store, StoreError } from "../model/store.ts";
import { nameOf } from "./name.ts";
import { type Shelf, shelves } from "./release-shelf.ts";
import { sha256Of } from "./sha256.ts";

export interface ReleaseStoreOptions extends GithubReader {
  /** What the tags of the releases begin with; the month follows. */
  readonly tag: string;
  readonly pace: Pace;
  readonly clock: Pick<Clock, "now">;
}

/** GitHub takes 1,000 files into a release. The rest is for runs that add to the same one at the same time. */
const roomFor = 950;
/** GitHub takes files under 2 GiB. */
const mostBytes = 2 ** 31;
const tries = 5;
/** How often a stump is looked at that may be another run's upload under way, before it is cleared away. */
const looks = 3;
/** An upload that began longer ago has broken off. Milliseconds. */
const uploadTakes = 60 * 60_000;

/** Keeps outputs as assets of GitHub releases, one release a month, and touches no release but its own. */
export function releaseStore({ tag, pace, clock, ...address }: ReleaseStoreOptions): Store {
  // Each undertaking has its own patience.
  const api = () => releases(address, pace);
  const known = shelves(api);
  const full = new Set<number>();

  /** The release that has the file, or else the first of the month with room. */
  async function shelfFor(month: string, name: string): Promise<Shelf> {
    for (let number = 1; ; number++) {
      const shelf = await known.begin(`${tag}-${month}${number === 1 ? "" : `-${number}`}`);
      if (shelf === undefined) continue;
      const hasRoom = shelf.files.size < roomFor && !full.has(shelf.release.id);
      if (hasRoom || shelf.files.has(name)) return shelf;
    }
  }

  /** Whether this is the file, byte by byte. Where GitHub gives no digest, the bytes are fetched and hashed. */
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

  /** Keeps the file unless it is kept. Undefined: look again, since it is not there, or not yet. */
  async function attempt(file: Finished, month: string, mayBeOthers: boolean): Promise<string | undefined> {
    const name = assetName(file);
    const shelf = await shelfFor(month, name);
    const there = shelf.files.get(name);
    if (there !== undefined) {
      if (await isKept(shelf, there, file)) return there.url;
      if (!there.whole && mayBeOthers && clock.now() - there.createdAt < uploadTakes) return undefined;
      await api().remove(there);
      shelf.files.delete(name);
    }
    const { path, bytes } = file;
    const mediaType = (await kindOfFile(path))?.mediaType ?? "application/octet-stream";
    const sent = await fillable(shelf, () => api().upload(shelf.release, { name, mediaType, path, bytes }));
    return (await isKept(shelf, sent, file)) ? sent.url : undefined;
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
    await check(file);
    const month = new Date(clock.now()).toISOString().slice(0, 7);
    let why = "GitHub has something else in its place";
    // A stump that we left ourselves is nobody's upload under way.
    let stumpIsOurs = false;
    for (let tried = 1; tried <= tries; tried++) {
      try {
        const url = await attempt(file, month, !stumpIsOurs && tried <= looks);
        if (url !== undefined) return url;
      } catch (error) {
        if (!(error instanceof GithubError) || !mayPass(error, tried)) throw error;
        if (error.kind === "lost") stumpIsOurs = true;
        why = error.message;
      }
      known.forget();
      await pace.sleep(pace.second * 2 ** (tried - 1));
    }
    throw new StoreError(`${file.unit} could not be kept in a release of ${address.repository}: ${why}`);
  }

  /** GitHub asks that writes come one after the other. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
    const own = last.then(() => storing(write));
    last = own.catch(() => {});
    return own;
  };

  async function storing<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GithubError)) throw error;
      const forbidden = error.kind === "refused" && (error.status === 401 || error.status === 403);
      const advice = forbidden ? "; GITHUB_TOKEN must be allowed to write contents" : "";
      throw new StoreError(`releases of ${address.repository}: ${error.message}${advice}`);
    }
  }

  /** A lock may come from anybody, so its address is not followed: it names a file of our repository, or nothing. */
  async function find({ url }: Output): Promise<readonly [Shelf, ReleaseAsset] | undefined> {
    const [, server, at = "", name = ""] = releaseAddress.exec(url) ?? [];
    const shelf = server === undefined ? undefined : await known.at(at);
    const asset = shelf?.files.get(name);
    if (shelf === undefined || asset === undefined || !asset.url.startsWith(`${server}/`)) return undefined;
    return [shelf, asset];
  }

  function checkToken(): void {
    if (address.token === undefined)
      throw new StoreError(`GITHUB_TOKEN is not set, so nothing can be kept in a release of ${address.repository}`);
  }

  async function check({ path, sha256, bytes }: Finished): Promise<void> {
    checkToken();
    if (bytes >= mostBytes) throw new StoreError(`${bytes} bytes are more than GitHub takes: files under 2 GiB`);
    const { size } = await stat(path);
    if (size !== bytes || (await sha256Of(path)) !== sha256) throw new StoreError(`${path} is not the file it was`);
  }

  return {
    prepare: () =>
      inTurn(async () => {
        checkToken();
        await shelfFor(new Date(clock.now()).toISOString().slice(0, 7), "");
      }),
    isPublic: async () => !isCompanysOwn(address.apiUrl) && (await storing(() => api().isPublic())),
    put: (file) => inTurn(() => keep(file)),
    async has(output) {
      try {
        const found = await find(output);
        if (found === undefined) return false;
        return await isKept(...found, output);
      } catch (error) {
        if (!(error instanceof GithubError)) throw error;
        return false;
      }
    },
    get: (output, path) =>
      storing(async () => {
        const found = await find(output);
        if (found === undefined)
          throw new StoreError(`${output.url} is gone: no published release of ${address.repository} has it`);
        const temporary = `${path}.${randomUUID()}.tmp`;
        const part = await openPart(temporary);
        try {
          await api().download(found[1], part);
          if ((await part.finish()) !== output.sha256) throw new StoreError(`${output.url} is not what was kept there`);
          await rename(temporary, path);
        } catch (error) {
          await part.discard();
          throw error;
        } finally {
          await rm(temporary, { force: true });
        }
      }),
  };
}

const releaseAddress = /^(https?:\/\/[^/?#]+)\/[\w.-]+\/[\w.-]+\/releases\/download\/([\w.-]+)\/([\w.-]+)$/;

/** GitHub gives a name with two dots in a row another one. */
const assetName = (file: Finished): string => nameOf(file).replace(/\.{2,}/g, ".");

/** Whether another attempt may well go through. What we looked at may have been deleted since: it is looked for once more. */
const mayPass = ({ kind, status }: GithubError, tried: number): boolean =>
  ["lost", "exists", "full"].includes(kind) || (status === 404 && tried === 1);

/** What is public on a company's own GitHub is so to the company. */
const isCompanysOwn = (apiUrl: string): boolean => /\/api\/v3\/*$|\.ghe\.com\/*$/i.test(apiUrl);
