import { sha256 } from "../canonical.ts";
import { news } from "../log.ts";
import type { StateRecord } from "../record.ts";
import type { Upload } from "../storage/uploads.ts";
import type { World } from "../world.ts";
import { type Film, probe, unmeasured } from "./probe.ts";

export const provider = "viddyscribe";

/** The largest file that the storage takes. What real plans allow is not published. */
const mostBytes = 1024 * 1024 * 1024;

/** How long a film is looked at after its upload, in emulated seconds. */
const checking = 10;

/** A film that the API was given. */
export interface Medium {
  readonly id: string;
  readonly name: string;
  readonly state: "pending_upload" | "processing" | "completed" | "failed";
  readonly film: Film | undefined;
  /** The id to go on with: another one where the same bytes had come before. */
  readonly canonical: string;
}

interface Looked {
  readonly film: Film | undefined;
  readonly readyAt: number;
}

/** The films of all keys, kept in step with the log. */
export class Library {
  readonly #world: World;
  readonly #ids: string[] = [];
  readonly #looked = new Map<string, Looked>();
  readonly #news: () => readonly StateRecord[];

  constructor(world: World) {
    this.#world = world;
    this.#news = news(world.log);
  }

  find(id: string): Medium | undefined {
    this.#catchUp();
    const upload = this.#ids.includes(id) ? this.#world.uploads.find(id) : undefined;
    if (upload === undefined) return undefined;
    const looked = this.#looked.get(id);
    const state = stateOf(looked, Date.now());
    const { name } = upload;
    return { id, name, state, film: looked?.film, canonical: state === "completed" ? this.#first(upload) : id };
  }

  /** Makes room for a film that is put into the storage later, and answers its place there. */
  announce(name: string, mediaType: string): { readonly id: string; readonly path: string } {
    const path = this.#world.uploads.grant(provider, name, mediaType, mostBytes);
    return { id: /\/uploads\/([^/]+)\//.exec(path)?.[1] ?? "", path };
  }

  /** Takes a film in at once. Bytes that came before are known by their first id. Undefined: there is no film in them. */
  take(name: string, mediaType: string, bytes: Uint8Array): Medium | undefined {
    const film = probe(bytes);
    if (film === undefined) return undefined;
    const known = this.#holding(sha256(bytes))[0];
    if (known !== undefined) return this.find(known);
    const { id } = this.announce(name, mediaType);
    this.#world.uploads.store(provider, id, bytes);
    this.#look(id, film, 0);
    return this.find(id);
  }

  /** Takes a film in by its address. Nobody goes there. */
  link(address: string): Medium | undefined {
    const name = decodeURI(new URL(address).pathname).split("/").at(-1);
    const { id } = this.announce(name === undefined || name === "" ? "film" : name, "video/mp4");
    this.#look(id, unmeasured, 0);
    return this.find(id);
  }

  /** Looks at what was put. Where nothing was, or no film, the upload has failed. */
  inspect(id: string): void {
    if (this.#looked.has(id)) return;
    const upload = this.#world.uploads.find(id);
    const bytes = upload === undefined ? undefined : this.#world.uploads.bytes(upload);
    this.#look(id, bytes === undefined ? undefined : probe(bytes), checking);
  }

  #look(token: string, film: Film | undefined, seconds: number): void {
    const at = Date.now();
    const readyAt = at + (seconds * 1000) / this.#world.speed;
    const found = film === undefined ? {} : { seconds: film.seconds };
    this.#world.log.append({ kind: "ingested", at, provider, token, readyAt, ...found });
    this.#catchUp();
  }

  #first({ token, sha256: content }: Upload): string {
    return (content === undefined ? undefined : this.#holding(content)[0]) ?? token;
  }

  /** The films with this content that may be used by now, oldest first. */
  #holding(content: string): readonly string[] {
    this.#catchUp();
    const { uploads } = this.#world;
    const now = Date.now();
    return this.#ids.filter(
      (id) => uploads.find(id)?.sha256 === content && stateOf(this.#looked.get(id), now) === "completed",
    );
  }

  #catchUp(): void {
    for (const record of this.#news()) if (record.provider === provider) this.#fold(record);
  }

  #fold(record: StateRecord): void {
    if (record.kind === "granted") this.#ids.push(record.token);
    if (record.kind !== "ingested") return;
    const { token, seconds, readyAt } = record;
    this.#looked.set(token, { film: seconds === undefined ? undefined : { seconds }, readyAt });
  }
}

function stateOf(looked: Looked | undefined, now: number): Medium["state"] {
  if (looked === undefined) return "pending_upload";
  if (now < looked.readyAt) return "processing";
  return looked.film === undefined ? "failed" : "completed";
}
