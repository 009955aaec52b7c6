import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Context, Hono } from "hono";
import type { Env } from "../env.ts";
import { hangUp, wait } from "../faults/connection.ts";
import type { Place } from "../github-json.ts";
import { page } from "./page.ts";
import { assetJson, type KeptAsset, type KeptRelease, releaseJson, repositoryJson } from "./release-json.ts";

export interface ReleaseOptions {
  /** Nothing of a private repository is there for whoever shows no token. */
  readonly private?: boolean;
  /** False: as GitHub was before it had digests of files. */
  readonly digests?: boolean;
  /** False: files come from the API itself. Otherwise it leads to a storage at another origin. */
  readonly storage?: boolean;
}

/** What goes wrong with an upload. */
export type UploadFault =
  /** It breaks off after so many bytes, and the stump stays. */
  | { readonly kind: "cut"; readonly after: number }
  /** It arrives, and nobody says a word. The stump stays. */
  | { readonly kind: "stalled" }
  /** Something behind the API fails, and an empty stump stays. */
  | { readonly kind: "stump"; readonly status: 502 }
  /** Another byte is kept than was sent. */
  | { readonly kind: "damaged" };

const uploadFaults = ["cut", "stalled", "stump", "damaged"] satisfies readonly UploadFault["kind"][];

export const isUploadFault = (fault: { readonly kind: string }): fault is UploadFault =>
  uploadFaults.some((kind) => kind === fault.kind);

/** Who asks, what goes wrong with it, and where everything is. */
export interface ReleasePorts {
  speaker(c: Context<Env>): string;
  fault(c: Context<Env>): UploadFault | undefined;
  readonly repository: string;
  /** Where the storage answers. */
  storage(): string;
}

/** What a test sees and does in its browser. */
export interface ReleasePage {
  list(): readonly KeptRelease[];
  publish(release: Partial<Pick<KeptRelease, "tag" | "body" | "draft" | "immutable">>): KeptRelease;
  attach(release: KeptRelease, asset: Partial<Pick<KeptAsset, "name" | "content" | "state" | "createdAt">>): KeptAsset;
  remove(release: KeptRelease): void;
}

interface Releases {
  readonly api: Hono<Env>;
  readonly storage: Hono<Env>;
  readonly page: ReleasePage;
}

const mostAssets = 1_000;
/** Milliseconds. */
const longerThanAnybody = 2 ** 31 - 1;
const documentation = "https://docs.github.com/rest/releases";

const wrong = (c: Context<Env>, resource: string, code: string, field: string, message?: string): Response => {
  const error = { resource, code, field, ...(message === undefined ? {} : { message }) };
  return c.json({ message: "Validation Failed", errors: [error], documentation_url: documentation }, 422);
};

const missing = (c: Context<Env>): Response =>
  c.json({ message: "Not Found", documentation_url: documentation, status: "404" }, 404);

/** What GitHub makes of a file's name. */
const fileName = (asked: string): string =>
  asked
    .replace(/[^\w.+-]+/g, ".")
    .replace(/\.{2,}/g, ".")
    .replace(/^\.+|\.+$/g, "");

/** The releases of one repository, and the storage that their files are fetched from. */
export function releases(options: ReleaseOptions, ports: ReleasePorts): Releases {
  const kept = new Map<number, KeptRelease>();
  let ids = 0;
  const now = (): string => new Date().toISOString().replace(/\.\d+/, "");
  const place = (c: Context<Env>): Place => ({ origin: new URL(c.req.url).origin, repository: ports.repository });
  const byTag = (tag: string) => [...kept.values()].find((one) => one.tag === tag && !one.draft);
  const holderOf = (id: number) => [...kept.values()].find(({ assets }) => assets.has(id));

  const add = (release: Omit<KeptRelease, "id" | "createdAt" | "assets">): KeptRelease => {
    const made = { ...release, id: ++ids, createdAt: now(), assets: new Map<number, KeptAsset>() };
    kept.set(made.id, made);
    return made;
  };
  const digestOf = (content: Buffer): string | undefined =>
    options.digests === false ? undefined : createHash("sha256").update(content).digest("hex");

  const begin = (release: KeptRelease, name: string, uploader: string, mediaType: string): KeptAsset => {
    const bare = { state: "starter", content: Buffer.alloc(0), sha256: undefined } as const;
    const asset: KeptAsset = { id: ++ids, name, ...bare, mediaType, uploader, createdAt: now() };
    release.assets.set(asset.id, asset);
    return asset;
  };
  const finish = (release: KeptRelease, asset: KeptAsset, content: Buffer): KeptAsset => {
    const whole = { ...asset, state: "uploaded", content, sha256: digestOf(content) } as const;
    release.assets.set(asset.id, whole);
    return whole;
  };

  const api = new Hono<Env>();
  const base = `/repos/${ports.repository}`;
  api.get(base, (c) => c.json(repositoryJson(place(c), options.private === true)));

  api.get(`${base}/releases`, (c) => {
    const visible = [...kept.values()].filter(({ draft }) => !draft || ports.speaker(c) !== "").reverse();
    const { items, link } = page(visible, new URL(c.req.url));
    if (link !== undefined) c.header("link", link);
    return c.json(items.map((release) => releaseJson(release, place(c))));
  });

  api.post(`${base}/releases`, async (c) => {
    const { tag_name: tag, name = tag, body = "", draft = false, make_latest = "true" } = await c.req.json();
    if (typeof tag !== "string" || tag === "") return wrong(c, "Release", "missing_field", "tag_name");
    if (draft !== true && byTag(tag) !== undefined) return wrong(c, "Release", "already_exists", "tag_name");
    const latest = make_latest === "true" && draft !== true;
    const release = add({ tag, name, body, draft, latest, immutable: false, author: ports.speaker(c) });
    return c.json(releaseJson(release, place(c)), 201);
  });

  api.get(`${base}/releases/tags/:tag`, (c) => {
    const release = byTag(c.req.param("tag"));
    return release === undefined ? missing(c) : c.json(releaseJson(release, place(c)));
  });

  api.get(`${base}/releases/:id/assets`, (c) => {
    const release = kept.get(Number(c.req.param("id")));
    if (release === undefined) return missing(c);
    const { items, link } = page([...release.assets.values()], new URL(c.req.url));
    if (link !== undefined) c.header("link", link);
    return c.json(items.map((asset) => assetJson(asset, release, place(c))));
  });

  api.post(`${base}/releases/:id/assets`, async (c) => {
    const release = kept.get(Number(c.req.param("id")));
    if (release === undefined) return missing(c);
    const name = fileName(c.req.query("name") ?? "");
    if (name === "") return wrong(c, "ReleaseAsset", "missing_field", "name");
    const assets = [...release.assets.values()];
    if (release.immutable) return wrong(c, "ReleaseAsset", "custom", "release", "the release is immutable");
    if (assets.some((asset) => asset.name === name)) return wrong(c, "ReleaseAsset", "already_exists", "name");
    if (assets.length >= mostAssets)
      return wrong(c, "ReleaseAsset", "custom", "file_count", "file_count limited to 1000 assets per release");

    const asset = begin(release, name, ports.speaker(c), c.req.header("content-type") ?? "");
    const fault = ports.fault(c);
    const content = await bodyOf(c.env.incoming, fault?.kind === "cut" ? fault.after : Number.POSITIVE_INFINITY);
    if (content === undefined) return hangUp(c);
    if (fault?.kind === "stalled") {
      await wait(c, longerThanAnybody);
      return hangUp(c);
    }
    if (fault?.kind === "stump") return c.json({ message: "Error saving asset" }, fault.status);
    // Somebody may have cleared the stump away meanwhile.
    if (!release.assets.has(asset.id)) return missing(c);
    if (fault?.kind === "damaged") content.fill(content[0] === 0 ? 1 : 0, 0, 1);
    return c.json(assetJson(finish(release, asset, content), release, place(c)), 201);
  });

  api.get(`${base}/releases/assets/:id`, (c) => {
    const release = holderOf(Number(c.req.param("id")));
    const asset = release?.assets.get(Number(c.req.param("id")));
    if (release === undefined || asset === undefined) return missing(c);
    if (c.req.header("accept") !== "application/octet-stream") return c.json(assetJson(asset, release, place(c)));
    if (asset.state !== "uploaded") return missing(c);
    return options.storage === false ? file(c, asset) : c.redirect(signed(asset), 302);
  });

  api.delete(`${base}/releases/assets/:id`, (c) => {
    const id = Number(c.req.param("id"));
    return holderOf(id)?.assets.delete(id) === true ? c.body(null, 204) : missing(c);
  });

  const storage = new Hono<Env>();
  const signatures = new Map<string, number>();
  function signed({ id }: KeptAsset): string {
    const signature = randomUUID();
    signatures.set(signature, id);
    return `${ports.storage()}/file?signature=${signature}`;
  }
  storage.get("/file", (c) => {
    const id = signatures.get(c.req.query("signature") ?? "");
    if (c.req.header("authorization") !== undefined)
      return c.text(
        "<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>",
        400,
      );
    const asset = id === undefined ? undefined : holderOf(id)?.assets.get(id);
    return asset === undefined ? c.text("<Error><Code>AccessDenied</Code></Error>", 403) : file(c, asset);
  });

  const person = { name: "Videos", author: "ada", latest: true };
  return {
    api,
    storage,
    page: {
      list: () => [...kept.values()],
      publish: ({ tag = "v1.0", body = "", draft = false, immutable = false }) =>
        add({ ...person, tag, body, draft, immutable }),
      attach(release, { name = "a.zip", content = Buffer.alloc(6, 1), state = "uploaded", createdAt = now() }) {
        const asset = { ...begin(release, name, "ada", "application/zip"), createdAt };
        release.assets.set(asset.id, asset);
        return state === "uploaded" ? finish(release, asset, content) : asset;
      },
      remove: ({ id }) => void kept.delete(id),
    },
  };
}

function file(c: Context<Env>, { content, mediaType }: KeptAsset): Response {
  return c.body(new Uint8Array(content), 200, {
    "content-type": mediaType,
    "content-length": String(content.length),
    "content-disposition": "attachment",
  });
}

/** The whole body; undefined when it broke off, or when we are to break it off. */
async function bodyOf(incoming: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of incoming.iterator({ destroyOnReturn: false })) {
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
      if (size > most) return undefined;
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return undefined;
  }
  return Buffer.concat(pieces);
}
