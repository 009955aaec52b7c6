import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { GithubError } from "../io/github-error.ts";
import { type ReleaseAsset, releases } from "../io/github-releases.ts";
import type { GithubReader } from "../io/github-session.ts";
import { openPart } from "../io/http/part.ts";
import { sha256Of } from "../io/sha256.ts";
import type { Output } from "../model/output.ts";
import { type Finished, type Store, StoreError } from "../model/store.ts";
import { type KeeperOptions, releaseKeeper } from "./release-keeper.ts";
import { type Shelf, shelves } from "./release-shelf.ts";

export interface ReleaseStoreOptions extends GithubReader, KeeperOptions {}

/** GitHub takes files under 2 GiB. */
const mostBytes = 2 ** 31;

/** Keeps outputs as assets of GitHub releases, one release a month, and touches no release but its own. */
export function releaseStore({ tag, pace, clock, ...address }: ReleaseStoreOptions): Store {
  // Each undertaking has its own patience.
  const api = () => releases(address, pace);
  const known = shelves(api);
  const { room, isKept, keep } = releaseKeeper({ tag, pace, clock }, api, known);

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
      const forbidden = error.kind === "refused" && [401, 403, 404].includes(error.status);
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
        await room();
      }),
    isPublic: async () => !isCompanysOwn(address.apiUrl) && (await storing(() => api().isPublic())),
    put: (file) =>
      inTurn(async () => {
        await check(file);
        return keep(file);
      }),
    has: (output) =>
      storing(async () => {
        const found = await find(output);
        return found !== undefined && (await isKept(...found, output));
      }),
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

/** What is public on a company's own GitHub is so to the company. */
const isCompanysOwn = (apiUrl: string): boolean => /\/api\/v3\/*$|\.ghe\.com\/*$/i.test(apiUrl);
