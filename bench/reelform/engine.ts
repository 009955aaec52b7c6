import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { apply } from "../../src/apply/apply.ts";
import { connections } from "../../src/commands/connections.ts";
import { openLockBook } from "../../src/commands/lock-book.ts";
import { journalFor, runnerOf } from "../../src/commands/run-journal.ts";
import { collectSoon } from "../../src/io/memory.ts";
import { replaceFile } from "../../src/io/replace-file.ts";
import { processWorld } from "../../src/process.ts";
import { report } from "../peers/report.ts";
import { prompts, setting } from "../peers/setting.ts";
import { creations, units } from "./units.ts";
import { openHome } from "./world.ts";

/**
 * The engine as `reconcile` runs it: claims and news in a journal in Git, locks on the disk, Golpo's translation over
 * HTTP. Like the other clients it takes a film's address for the film.
 */
setMaxListeners(0);
collectSoon();
const { path: home, repository } = await openHome(false);

const all = units(prompts);
const stop = new AbortController().signal;
const world = processWorld(stop, "bench");
const film = { role: "video", mediaType: "video/mp4", sha256: "0".repeat(64), bytes: 1, url: "out/film.mp4" } as const;

await report(async () => {
  const runner = runnerOf(world);
  const journal = await journalFor(repository, { emulated: true, push: false, runner }, world);
  const locks = new Map();
  const book = openLockBook(locks, {
    read: () => undefined,
    sourceOf: () => undefined,
    watch: () => {},
    write: (path, wanted) => replaceFile(join(repository.top, path), wanted, join(home, "scratch")),
  });
  await apply(
    creations(all),
    { unasked: [], lockedOnly: [], lockedJobs: [] },
    {
      journal,
      connect: connections(world, { url: setting.url, speed: setting.speed }),
      files: {
        reach: () => Promise.reject(new Error("there are no files to send")),
        keep: async () => film,
        has: async () => true,
      },
      tell: book.tell,
      time: world.time,
    },
    {
      emulated: true,
      submits: true,
      wait: undefined,
      failFast: false,
      alive: () => true,
      stop,
      past: [],
      concurrency: () => setting.concurrency,
      submitsPerMinute: () => Number.POSITIVE_INFINITY,
    },
  );
  await journal.flush(3_000);
  return all.filter(({ spec, id }) => book.entry(spec, id)?.state === "ready").length;
});
