import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Api, api } from "../support/cli/api.ts";
import { spec } from "../support/cli/spec.ts";
import { type Stage, stage } from "../support/cli/stage.ts";

const tides = { "videos/tides.yaml": spec("Why the sea rises and falls") };
const program = join(import.meta.dirname, "../../dist/cli.js");
const reconcile = "reconcile --emulate --yes --commit";

/** A clone on a small disk of its own, and what becomes of that disk when a request of one kind is seen. */
interface Small {
  readonly golpo: Api;
  readonly videos: Stage;
  readonly path: string;
}

async function onSmallDisk(at: RegExp, happens: (path: string) => void): Promise<Small> {
  const found: { path?: string } = {};
  const golpo = await api({
    watch: (seen) => {
      if (found.path === undefined || !at.test(seen)) return;
      happens(found.path);
      delete found.path;
    },
  });
  const first = await stage(tides, { api: golpo });
  const path = join(first.path, "..", "small");
  mkdirSync(path);
  mount(path);
  await first.git("clone", "--quiet", `file://${first.remote.path}`, path);
  const videos = await first.at("../small");
  await videos.git("config", "user.name", "Ada");
  await videos.git("config", "user.email", "ada@example.com");
  found.path = path;
  return { golpo, videos, path };
}

function mount(path: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", path], { stdio: "pipe" });
  onTestFinished(() => void execFileSync("umount", [path]));
}

/** Whether whoever runs this may mount disks. */
function mayMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), "reelform-disk-"));
  const { status } = spawnSync("sh", ["-c", `mount -t tmpfs -o size=1m tmpfs "$0" && umount "$0"`, path]);
  rmSync(path, { recursive: true });
  return status === 0;
}

const filler = (path: string): string => join(path, "filler");

/** Writes until nothing more goes in. */
function fill(path: string): void {
  for (const size of [1 << 20, 1 << 16, 1 << 12, 1]) {
    try {
      for (;;) writeFileSync(filler(path), Buffer.alloc(size), { flag: "a" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}

const remount = (path: string, how: "ro" | "rw"): void =>
  void execFileSync("mount", ["-o", `remount,${how}`, path], { stdio: "pipe" });

const submits = /^POST .*\/generate$/;
const fetches = /^GET .*\/files\//;

async function endsWell({ golpo, videos }: Small): Promise<void> {
  const ran = await videos.reelform(reconcile);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect((await videos.locks()).get("tides")).toMatchObject({ state: "ready" });
  expect(golpo.accepted()).toHaveLength(1);
}

describe.skipIf(!mayMount())("on a small disk, which whoever runs this must be allowed to mount", () => {
  test.each([
    ["full as the request is sent", submits, fill, (path: string) => rmSync(filler(path))],
    ["full as the file is fetched", fetches, fill, (path: string) => rmSync(filler(path))],
    [
      "read-only as the request is sent",
      submits,
      (path: string) => remount(path, "ro"),
      (path: string) => remount(path, "rw"),
    ],
  ] as const)("a disk that is %s is told, is no bug, and costs nothing twice", async (_what, at, happens, mend) => {
    const small = await onSmallDisk(at, happens);
    const ran = await small.videos.reelform(reconcile);
    expect(ran.code, ran.stderr).toSatisfy((code) => code === 1 || code === 7);
    expect(ran.stderr).not.toMatch(/in a way it should not have/);
    expect(small.golpo.accepted()).toHaveLength(1);
    mend(small.path);
    await endsWell(small);
  });

  test.each([
    ["full", fill, (path: string) => rmSync(filler(path))],
    ["read-only", (path: string) => remount(path, "ro"), (path: string) => remount(path, "rw")],
  ] as const)("a disk that is %s from the start lets nothing be paid for", async (_what, happens, mend) => {
    const small = await onSmallDisk(/^never$/, () => {});
    happens(small.path);
    const ran = await small.videos.reelform(reconcile);
    expect(ran, ran.stderr).toMatchObject({ code: 1 });
    expect(ran.stderr).not.toMatch(/in a way it should not have/);
    expect(small.golpo.accepted()).toEqual([]);
    mend(small.path);
    await endsWell(small);
  });
});

test("a file that is larger than its user may write is told, is no bug, and is fetched once that is mended", async () => {
  const golpo = await api();
  const videos = await stage(tides, { api: golpo });
  const env = { PATH: process.env.PATH ?? "", HOME: join(videos.path, ".."), REELFORM_EMULATOR_URL: golpo.url };
  const limited = spawn("sh", ["-c", `ulimit -f 16; exec "$0" ${program} ${reconcile}`, process.execPath], {
    cwd: videos.path,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  limited.stderr.on("data", (text: Buffer) => {
    told += text.toString();
  });
  const [code] = (await once(limited, "close")) as [number | null];
  expect([1, 7], told).toContain(code);
  expect(told).not.toMatch(/in a way it should not have/);
  expect(golpo.accepted()).toHaveLength(1);
  await endsWell({ golpo, videos, path: videos.path });
});
