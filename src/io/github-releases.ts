import { isObject } from "../model/json.ts";
import { GithubError } from "./github-error.ts";
import { isUploadAddress, receiving, type Sink, sending } from "./github-files.ts";
import { type GithubReader, openSession, type Pace, textIn } from "./github-session.ts";

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly body: string;
  /** Nobody but those who may write sees it, and no address leads to its files. */
  readonly draft: boolean;
  /** Its files can neither be added to nor taken away. */
  readonly immutable: boolean;
  readonly uploadUrl: string;
}

/** A file of a release. */
export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  /** False while it is being uploaded, and for good where that broke off. */
  readonly whole: boolean;
  readonly bytes: number;
  /** Of what GitHub has; undefined where it does not say. */
  readonly sha256: string | undefined;
  /** Where a browser finds it. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface NewAsset {
  readonly name: string;
  readonly mediaType: string;
  /** Where it is on this disk. */
  readonly path: string;
  readonly bytes: number;
}

/** The releases of one repository. Whatever goes wrong out there is a GithubError. */
export interface Releases {
  /** Whether everybody may see the repository. */
  isPublic(): Promise<boolean>;
  /** A published release; a draft has no tag yet. */
  byTag(tag: string): Promise<Release | undefined>;
  /** All of them, with the drafts that the token may see. */
  all(): Promise<readonly Release[]>;
  /** Never sent twice: when it is `lost`, look before creating again. */
  create(release: Pick<Release, "tag" | "body"> & { readonly name: string }): Promise<Release>;
  assets(release: Release): Promise<readonly ReleaseAsset[]>;
  /** Never sent twice: what was `lost` may be there, whole or as a stump. */
  upload(release: Release, file: NewAsset): Promise<ReleaseAsset>;
  /** One that is gone already is as good as removed. */
  remove(asset: ReleaseAsset): Promise<void>;
  download(asset: ReleaseAsset, sink: Sink): Promise<void>;
}

/** A finished file was paid for, so GitHub's limits are waited for; the files have deadlines of their own. */
const limits = { waits: 15 * 60, overWithin: undefined, answerWithin: 15_000 };

export function releases(address: GithubReader, pace: Pace): Releases {
  const { client, at, ask, look, list } = openSession(address, pace, limits);
  const { repos } = client.rest;
  const once = { request: { retries: 0 } };
  return {
    isPublic: () =>
      look(
        () => repos.get(at),
        (data) => (isObject(data) && typeof data.private === "boolean" ? !data.private : undefined),
      ),
    async byTag(tag) {
      try {
        return await look(() => repos.getReleaseByTag({ ...at, tag }), releaseOf);
      } catch (error) {
        if (!(error instanceof GithubError) || error.status !== 404) throw error;
        return undefined;
      }
    },
    all: () => list((page) => repos.listReleases({ ...at, ...page }), releaseOf),
    create: ({ tag, name, body }) =>
      // A team's own releases stay what their visitors see first.
      ask(() => repos.createRelease({ ...at, tag_name: tag, name, body, make_latest: "false", ...once }), releaseOf),
    assets: ({ id }) => list((page) => repos.listReleaseAssets({ ...at, release_id: id, ...page }), assetOf),
    async upload({ uploadUrl }, { name, mediaType, path, bytes }) {
      if (!isUploadAddress(address.apiUrl, uploadUrl))
        throw new GithubError("refused", 0, "GitHub names an upload address that is not its own");
      const url = `${uploadUrl}?name=${encodeURIComponent(name)}`;
      const headers = { "content-type": mediaType };
      const request = { retries: 0, fetch: sending(path, bytes) };
      return await ask(() => client.request({ method: "POST", url, headers, request }), assetOf);
    },
    async remove({ id }) {
      try {
        await ask(
          () => repos.deleteReleaseAsset({ ...at, asset_id: id }),
          () => true,
        );
      } catch (error) {
        if (!(error instanceof GithubError) || error.status !== 404) throw error;
      }
    },
    async download({ id }, sink) {
      const headers = { accept: "application/octet-stream" };
      await look(
        () => repos.getReleaseAsset({ ...at, asset_id: id, headers, request: { fetch: receiving(sink) } }),
        () => true,
      );
    },
  };
}

function releaseOf(data: unknown): Release | undefined {
  const [tag, uploads] = [textIn(data, "tag_name"), textIn(data, "upload_url")];
  if (!isObject(data) || typeof data.id !== "number" || tag === undefined || uploads === undefined) return undefined;
  return {
    id: data.id,
    tag,
    body: textIn(data, "body") ?? "",
    draft: data.draft === true,
    immutable: data.immutable === true,
    // It ends with a template of its query: `…/assets{?name,label}`.
    uploadUrl: uploads.replace(/\{.*$/, ""),
  };
}

function assetOf(data: unknown): ReleaseAsset | undefined {
  const [name, url] = [textIn(data, "name"), textIn(data, "browser_download_url")];
  if (!isObject(data) || typeof data.id !== "number" || name === undefined || url === undefined) return undefined;
  return {
    id: data.id,
    name,
    whole: data.state === "uploaded",
    bytes: typeof data.size === "number" ? data.size : 0,
    sha256: /^sha256:([0-9a-f]{64})$/.exec(textIn(data, "digest") ?? "")?.[1],
    url,
    createdAt: Date.parse(textIn(data, "created_at") ?? ""),
  };
}
