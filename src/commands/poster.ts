import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../io/error-code.ts";
import { type Downloaded, type DownloadLimits, download } from "../io/http/download.ts";
import { kindOfFile } from "../io/kind-of-file.ts";
import { NoPicture } from "../io/poster/foreign.ts";
import type { StillProgram } from "../io/poster/program.ts";
import type { FilmFile } from "../io/poster/shot.ts";
import { stillOf } from "../io/poster/still.ts";
import { sha256 } from "../io/sha256.ts";
import type { RemoteFile } from "../model/job.ts";
import type { Output } from "../model/output.ts";
import type { Provider } from "../model/provider.ts";
import { type Store, StoreError } from "../model/store.ts";
import type { UnitId } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { accessTo } from "./connections.ts";
import type { EmulatorAddress } from "./emulation.ts";
import type { World } from "./world.ts";

/** A video that is kept already, and is still on this disk. */
export interface KeptFilm {
  readonly unit: UnitId;
  readonly file: FilmFile;
  readonly provider: Provider;
  /** Where the provider has a picture of it. */
  readonly poster: RemoteFile | undefined;
}

export interface PosterPorts {
  readonly store: Store;
  readonly scratch: string;
  readonly emulator: EmulatorAddress | undefined;
  readonly world: World;
}

/** A picture is not waited for as a paid video is. */
const limits: DownloadLimits = {
  ...{ bytes: 5 * 2 ** 20, redirects: 5 },
  ...{ connect: 5_000, headers: 10_000, idle: 5_000, total: 15_000 },
};
const once = { tries: 1, first: 0, most: 0 };
/** How long a program may take for one picture. Milliseconds. */
const deadline = 30_000;

/**
 * The provider's picture of a video, or else one that a program of this machine takes. Answers why there is none where both
 * fail: a video is no less a result for it.
 */
export async function posterOf(
  film: KeptFilm,
  taker: StillProgram | undefined,
  ports: PosterPorts,
): Promise<Output | { readonly why: string }> {
  const { poster } = film;
  const ways = [
    ...(poster === undefined ? [] : [(path: string) => fetched(poster, film, path, ports)]),
    ...(taker === undefined ? [] : [(path: string) => taken(taker, film, path, ports)]),
  ];
  let why = "nobody has one";
  for (const way of ways) {
    const path = join(ports.scratch, randomUUID());
    try {
      return await keep(film, path, await way(path), ports);
    } catch (error) {
      if (!isExpected(error)) throw error;
      why = error.message;
    } finally {
      await rm(path, { force: true });
    }
  }
  return { why };
}

const fetched = (poster: RemoteFile, { provider }: KeptFilm, path: string, { world, emulator }: PosterPorts) =>
  download(poster, path, { ...accessTo(provider, world, emulator), ...world.time, limits, patience: once });

async function taken(
  taker: StillProgram,
  { file }: KeptFilm,
  path: string,
  { world }: PosterPorts,
): Promise<Downloaded> {
  const { env, stop } = world;
  const picture = await stillOf(file, taker, { folder: `${path}.d`, searchPath: env.PATH ?? "", deadline, stop });
  await writeFile(path, picture);
  return { sha256: sha256(picture), bytes: picture.length };
}

async function keep({ unit }: KeptFilm, path: string, file: Downloaded, { store }: PosterPorts): Promise<Output> {
  const kind = await kindOfFile(path);
  if (kind === undefined || !kind.mediaType.startsWith("image/")) throw new NoPicture("the provider's is no picture");
  const { mediaType, extension } = kind;
  const url = await store.put({ unit, role: "poster", path, ...file, extension });
  return { role: "poster", mediaType, ...file, url };
}

/** The provider, the store, the program or the disk would not. */
const isExpected = (error: unknown): error is Error =>
  error instanceof ProviderError ||
  error instanceof StoreError ||
  error instanceof NoPicture ||
  errorCode(error) !== undefined;
