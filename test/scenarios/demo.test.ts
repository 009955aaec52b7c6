import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** One that a CI system's own variables do not change. */
const { CI: _ci, GITHUB_ACTIONS: _actions, ...env } = process.env;

test("the demonstration tells the whole story and leaves videos that can be looked at", () => {
  const folder = mkdtempSync(join(tmpdir(), "reelform-demo-test-"));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", "demo"], {
      encoding: "utf8",
      env: { ...env, TMPDIR: folder },
    });
    expect(stderr).not.toMatch(/error|warning/i);
    expect(status).toBe(0);
    expect(stdout).toContain("4 to generate, 1 to update");
    expect(stdout).toMatch(/prompt: .*\[-twenty-five-\]\{\+thirty\+\}/);
    expect(stderr).toContain("comment updated: ");
    expect(stdout).toContain("5 unchanged");
    expect(stdout).toContain("# 6 requests were accepted by the emulated API, each once; 5 videos to look at:");

    const videos = stdout.split("\n").filter((line) => /^\/.*\.mp4$/.test(line) && line.includes("/videos/"));
    const shown = [...new Set(videos)];
    expect(shown).toHaveLength(5);
    for (const path of shown) expect(readFileSync(path).subarray(4, 8).toString("latin1")).toBe("ftyp");

    const [root] = /^.*reelform-demo-[^/]+/m.exec(shown[0] ?? "") ?? [];
    expect(existsSync(join(root ?? "", "repository")), "the repository goes, unless somebody says --keep").toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
