import { existsSync } from "node:fs";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { jpegSize } from "../../src/io/poster/jpeg.ts";
import { findStillProgram } from "../../src/io/poster/program.ts";
import { stillOf } from "../../src/io/poster/still.ts";
import { draws, jpeg } from "../support/cli/ffmpeg.ts";
import { folder } from "../support/cli/folder.ts";

const { PATH = "" } = process.env;
const never = new AbortController().signal;

/** A program of that name which does what the script says, and a film for it. */
async function given(script: string, name = "ffmpeg") {
  const place = await folder();
  await writeFile(join(place, name), `#!/bin/sh\n${script.replaceAll("HERE", place)}\n`);
  await chmod(join(place, name), 0o755);
  await writeFile(join(place, "film"), "a film");
  const program = findStillProgram({ PATH: place });
  if (program === undefined) throw new Error(`${name} is not found`);
  const film = { path: join(place, "film"), mediaType: "video/mp4", seconds: 30, width: 1280, height: 720 };
  const still = (deadline = 60_000, stop = never) =>
    stillOf(film, program, { folder: join(place, "home"), searchPath: PATH, deadline, stop });
  const read = (file: string): Promise<string> => readFile(join(place, file), "utf8");
  return { place, still, read };
}

test.each([
  ["says nothing", "exit 0", /ffmpeg gave no usable picture/],
  ["fails", "exit 3", /ffmpeg ended with code 3/],
  ["prints words", "echo no picture", /gave no usable picture/],
  ["makes a PNG", "printf '\\211PNG\\r\\n\\032\\n'", /gave no usable picture/],
  ["never ends its output", "cat /dev/zero", /ffmpeg wrote more than 200000 bytes/],
  ["is ended by a signal", "kill -9 $$", /ffmpeg was ended by SIGKILL/],
])("of a program that %s there is no picture, and nothing is left of it", async (_, script, why) => {
  const { place, still } = await given(script);
  await expect(still()).rejects.toThrow(why);
  expect((await readdir(place)).sort()).toEqual(["ffmpeg", "film"]);
});

test("a picture of another size, or one that is cut, is not the one that was asked for", async () => {
  for (const picture of [jpeg(640, 480), jpeg(640, 360).subarray(0, -1), Buffer.alloc(150_000, jpeg(640, 360))]) {
    const { place, still } = await given("cat HERE/picture");
    await writeFile(join(place, "picture"), picture);
    await expect(still()).rejects.toThrow("gave no usable picture");
  }
  const { still } = await given(draws);
  expect(jpegSize(await still())).toEqual({ width: 640, height: 360 });
});

/** Gone, or dead and not yet fetched by whoever has it now. */
const isGone = (pid: string): Promise<boolean> =>
  readFile(`/proc/${pid.trim()}/status`, "utf8").then(
    (status) => /^State:\s+Z/m.test(status),
    () => true,
  );

const hangs = "sleep 600 & echo $! > HERE/child; echo $$ > HERE/own; wait";

test("a program that hangs is ended at the deadline, with all that it started", async () => {
  const { still, read } = await given(hangs);
  await expect(still(3_000)).rejects.toThrow("ffmpeg took longer than 3 s");
  for (const file of ["own", "child"]) await vi.waitFor(async () => expect(await isGone(await read(file))).toBe(true));
});

test("a program is ended when the run is", async () => {
  const stop = new AbortController();
  const { place, still, read } = await given(hangs);
  const ended = expect(still(60_000, stop.signal)).rejects.toThrow("ffmpeg was stopped");
  await vi.waitFor(() => expect(existsSync(join(place, "own"))).toBe(true), { timeout: 60_000 });
  stop.abort();
  await ended;
  for (const file of ["own", "child"]) await vi.waitFor(async () => expect(await isGone(await read(file))).toBe(true));
});

test("what left the program's group and holds its output is not waited for", async () => {
  const { still, read } = await given("setsid sleep 60 & echo $! > HERE/child");
  await expect(still(3_000)).rejects.toThrow("ffmpeg took longer than 3 s");
  process.kill(Number(await read("child")));
});

test("a program is given the film's name, a home that is thrown away, and no key", async () => {
  process.env.GOLPO_API_KEY = "a key of a test";
  try {
    const { place, still, read } = await given('env > HERE/env; printf "%s\\n" "$@" > HERE/args');
    await expect(still()).rejects.toThrow();
    expect(await read("env")).not.toMatch(/key/i);
    expect(await read("env")).toContain(`HOME=${join(place, "home")}\n`);
    expect((await read("args")).split("\n")).toContain(`file:${join(place, "film")}`);
    expect(existsSync(join(place, "home"))).toBe(false);
  } finally {
    delete process.env.GOLPO_API_KEY;
  }
});

test("ffmpeg comes before Chrome, a Chrome that is named before one that is found, and a folder is no program", async () => {
  const { place: chromium } = await given("", "chromium");
  const { place: ffmpeg } = await given("", "ffmpeg");
  expect(findStillProgram({ PATH: `${chromium}:${ffmpeg}` })).toEqual({ kind: "ffmpeg", path: join(ffmpeg, "ffmpeg") });
  const own = join(ffmpeg, "ffmpeg");
  expect(findStillProgram({ PATH: chromium, CHROME_PATH: own })).toEqual({ kind: "chrome", path: own });
  for (const CHROME_PATH of [place404(chromium), chromium, "chromium", ""])
    expect(findStillProgram({ PATH: chromium, CHROME_PATH })?.path).toBe(join(chromium, "chromium"));
  expect(findStillProgram({ PATH: `.:${place404(chromium)}` })).toBeUndefined();
  expect(findStillProgram({})).toBeUndefined();
});

const place404 = (place: string): string => join(place, "nowhere");
