import type { ProviderName } from "../../model/unit.ts";
import { uuid } from "../chance.ts";
import { type Log, news } from "../log.ts";
import type { StateRecord } from "../record.ts";
import type { State } from "../state.ts";

/** A place in the storage for one file. */
export interface Upload {
  readonly token: string;
  readonly name: string;
  readonly mediaType: string;
  /** The largest file that is taken in here, in bytes. */
  readonly most: number;
  /** Absent until the bytes were put. */
  readonly sha256?: string;
  /** A job has used the file up, and it is gone. */
  readonly consumed: boolean;
}

/** The files that were announced and put, kept in step with the log. */
export class Uploads {
  readonly #log: Log;
  readonly #state: State;
  readonly #seed: number;
  readonly #news: () => readonly StateRecord[];
  readonly #uploads = new Map<string, Upload>();

  constructor(log: Log, state: State, seed: number) {
    this.#log = log;
    this.#news = news(log);
    this.#state = state;
    this.#seed = seed;
  }

  /** Makes room for a file of at most `most` bytes, and answers its path in the storage. */
  grant(provider: ProviderName, name: string, mediaType: string, most: number): string {
    this.#catchUp();
    const token = uuid(this.#seed, "upload", provider, name, this.#uploads.size);
    this.#log.append({ kind: "granted", at: Date.now(), provider, token, name, mediaType, most });
    return `/${provider}/uploads/${token}/${encodeURIComponent(name)}`;
  }

  /** Keeps the bytes for which room was made. */
  store(provider: ProviderName, token: string, bytes: Uint8Array): void {
    this.#log.append({ kind: "stored", at: Date.now(), provider, token, sha256: this.#state.keep(bytes) });
  }

  /** The bytes that were put, until a job has used them up. */
  bytes({ sha256, consumed }: Upload): Uint8Array | undefined {
    return sha256 === undefined || consumed ? undefined : this.#state.kept(sha256);
  }

  /** By its token, or by an address of any emulator that shared this memory. */
  find(tokenOrAddress: string): Upload | undefined {
    this.#catchUp();
    const token = /\/uploads\/([0-9a-f-]{36})\//.exec(tokenOrAddress)?.[1] ?? tokenOrAddress;
    return this.#uploads.get(token);
  }

  #catchUp(): void {
    for (const record of this.#news()) this.#fold(record);
  }

  #fold(record: StateRecord): void {
    if (record.kind === "granted") {
      const { token, name, mediaType, most } = record;
      this.#uploads.set(token, { token, name, mediaType, most, consumed: false });
    } else if (record.kind === "stored") this.#amend(record.token, { sha256: record.sha256, consumed: false });
    else if (record.kind === "accepted") for (const token of record.consumed) this.#amend(token, { consumed: true });
  }

  #amend(token: string, change: Partial<Upload>): void {
    const upload = this.#uploads.get(token);
    if (upload !== undefined) this.#uploads.set(token, { ...upload, ...change });
  }
}
