import { fullRepositoryJson, type Place, site, userJson } from "../github-json.ts";

/** A file of a release, as the stand-in has it. */
export interface KeptAsset {
  readonly id: number;
  readonly name: string;
  /** `starter`: its upload is under way, or broke off. */
  readonly state: "starter" | "uploaded";
  readonly content: Buffer;
  /** In hexadecimal digits; undefined as for files that were uploaded before GitHub had digests. */
  readonly sha256: string | undefined;
  readonly mediaType: string;
  readonly uploader: string;
  readonly createdAt: string;
}

/** A release, as the stand-in has it. */
export interface KeptRelease {
  readonly id: number;
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly author: string;
  readonly latest: boolean;
  readonly createdAt: string;
  draft: boolean;
  immutable: boolean;
  readonly assets: Map<number, KeptAsset>;
}

export function assetJson(asset: KeptAsset, release: KeptRelease, place: Place): Record<string, unknown> {
  const { id, name, state, content, sha256, mediaType, uploader, createdAt } = asset;
  // A draft has no tag yet, so its files are somewhere else.
  const tag = release.draft ? `untagged-${release.id}` : encodeURIComponent(release.tag);
  return {
    id,
    node_id: `RA_${id}`,
    url: `${place.origin}/repos/${place.repository}/releases/assets/${id}`,
    browser_download_url: `${site}/${place.repository}/releases/download/${tag}/${encodeURIComponent(name)}`,
    name,
    label: "",
    state,
    content_type: mediaType,
    size: content.length,
    digest: sha256 === undefined ? null : `sha256:${sha256}`,
    download_count: 0,
    created_at: createdAt,
    updated_at: createdAt,
    uploader: userJson(uploader, place),
  };
}

export function releaseJson(release: KeptRelease, place: Place): Record<string, unknown> {
  const { id, tag, name, body, draft, immutable, author, createdAt, assets } = release;
  const url = `${place.origin}/repos/${place.repository}/releases/${id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${site}/${place.repository}/releases/tag/${encodeURIComponent(tag)}`,
    tarball_url: draft ? null : `${place.origin}/repos/${place.repository}/tarball/${encodeURIComponent(tag)}`,
    zipball_url: draft ? null : `${place.origin}/repos/${place.repository}/zipball/${encodeURIComponent(tag)}`,
    id,
    node_id: `RE_${id}`,
    tag_name: tag,
    target_commitish: "main",
    name,
    body,
    draft,
    immutable,
    prerelease: false,
    created_at: createdAt,
    published_at: draft ? null : createdAt,
    updated_at: createdAt,
    author: userJson(author, place),
    assets: [...assets.values()].map((asset) => assetJson(asset, release, place)),
  };
}

export const repositoryJson = (place: Place, isPrivate: boolean): Record<string, unknown> => ({
  ...fullRepositoryJson(place),
  private: isPrivate,
  visibility: isPrivate ? "private" : "public",
});
