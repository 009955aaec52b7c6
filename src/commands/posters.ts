import { atMost } from "../apply/at-most.ts";
import type { Picture } from "../apply/ports.ts";
import { findStillProgram, type StillProgram } from "../io/poster/program.ts";
import { StoreError } from "../model/store.ts";
import { type KeptFilm, type PosterPorts, posterOf } from "./poster.ts";
import { inCi } from "./run-journal.ts";

/** The posters of a run's videos. None of them fails a video, or holds one up for long. */
export interface Posters {
  of(film: KeptFilm): Promise<Picture>;
  /** Whether somebody who reads a comment would see them. Says once what is missing to have any. */
  close(told: { readonly comment: boolean; readonly quiet: boolean }): Promise<boolean>;
}

/** So many are made at once; a video that finds so many under way goes without, since its lock waits for its picture. */
const atOnce = 2;
const mostUnderWay = 8;
/** A comment has no room for more, and each is one more file to be kept. */
const mostInRun = 200;
/** What fails so often one after the other does not mend itself. */
const mostFailures = 3;

export function postersOf(ports: PosterPorts): Posters {
  const { store, world } = ports;
  const inTurn = atMost(atOnce);
  const program = once(() => findStillProgram(world.env));
  const isShown = once(() =>
    store.isPublic().catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      return false;
    }),
  );
  /** Nobody sees a picture that no comment can show: there a machine is left in peace. */
  const taker = async (): Promise<StillProgram | undefined> => ((await isShown()) ? program() : undefined);
  let [underWay, kept, failures, withoutProgram] = [0, 0, 0, 0];

  async function next(film: KeptFilm): ReturnType<Posters["of"]> {
    if (world.stop.aborted || failures >= mostFailures) return {};
    const poster = await posterOf(film, await taker(), ports);
    if ("url" in poster) {
      [kept, failures] = [kept + 1, 0];
      return { poster };
    }
    if (program() === undefined) withoutProgram += 1;
    failures += 1;
    return { withoutPoster: `no poster: ${poster.why}` };
  }

  return {
    async of(film) {
      if (film.poster === undefined && (await taker()) === undefined) {
        if (program() === undefined) withoutProgram += 1;
        return {};
      }
      if (underWay >= mostUnderWay || kept + underWay >= mostInRun) return {};
      underWay += 1;
      try {
        return (await unlessStopped(world.stop, () => inTurn(() => next(film)))) ?? {};
      } finally {
        underWay -= 1;
      }
    },
    async close({ comment, quiet }) {
      // Nobody misses a picture that no comment would show.
      const missed = (comment || inCi(world)) && !quiet ? withoutProgram : 0;
      if (world.stop.aborted || kept + missed === 0) return false;
      const seen = await isShown();
      if (seen && missed > 0) {
        const videos = missed === 1 ? "one new video has" : `${missed} new videos have`;
        world.tell(`note: ${videos} no picture in the comment: neither ffmpeg nor Chrome is on the PATH`);
      }
      return seen;
    },
  };
}

/** What is found out on first use. */
function once<T>(find: () => T): () => T {
  let found: readonly [T] | undefined;
  return () => {
    found ??= [find()];
    return found[0];
  };
}

/** What comes of the work, or undefined as soon as the run is told to end. */
function unlessStopped<T>(stop: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(undefined);
    stop.addEventListener("abort", end, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => stop.removeEventListener("abort", end));
  });
}
