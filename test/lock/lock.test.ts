import { describe, expect, test } from "vitest";
import { formatLock } from "../../src/lock/format.ts";
import { mergeLocks } from "../../src/lock/merge.ts";
import { type LockValidator, parseLock } from "../../src/lock/parse.ts";
import type { Lock, Submitted } from "../../src/model/lock.ts";
import type { RepoPath, UnitId } from "../../src/model/unit.ts";
import { validate } from "../../src/schema/lock.validate.js";
import { ready, unit } from "../support/builders.ts";

const file = "videos/intro.lock.json" as RepoPath;
const intro = unit("intro", { with: { timing: "2", prompt: "a film" } });
const lock: Lock = { source: { spec: "5f3c9a", inputs: "sha256:00" }, units: new Map([[intro.id, ready(intro)]]) };
const parse = (text: string) => parseLock(file, text, validate as LockValidator);

describe("a lockfile", () => {
  test("reads back what was written", () => {
    const read = parse(formatLock(lock));
    expect(read).toEqual({ ok: true, value: lock, warnings: [] });
  });

  test("has one normal form: keys in order, fields sorted, a final newline", () => {
    const text = formatLock(lock);
    expect(text.endsWith("}\n")).toBe(true);
    expect(text.indexOf('"state"')).toBeLessThan(text.indexOf('"origin"'));
    expect(text.indexOf('"prompt"')).toBeLessThan(text.indexOf('"timing"'));
    const read = parse(text);
    expect(read.ok && formatLock(read.value)).toBe(text);
  });

  test("keeps fields that a newer version added to an entry", () => {
    const entry = { ...ready(intro), reviewedBy: "ada" };
    const text = formatLock({ ...lock, units: new Map([[intro.id, entry]]) });
    const read = parse(text);
    expect(read.ok && formatLock(read.value)).toContain('"reviewedBy": "ada"');
  });

  const good = formatLock(lock);
  const broken: readonly (readonly [string, string, string, number])[] = [
    ["a merge conflict", good.replace('  "units"', '<<<<<<< HEAD\n  "units"'), "lock-conflict", 7],
    ["a torn file", good.slice(0, 120), "lock-syntax", 0],
    ["a key that stands twice", good.replace('"take": 1,', '"take": 1,\n      "take": 2,'), "lock-duplicate", 13],
    ["a newer version", good.replace('"lockVersion": 1', '"lockVersion": 2'), "lock-version", 2],
    ["a state nobody knows", good.replace('"ready"', '"done"'), "lock-shape", 0],
    ["a ready unit without outputs", good.replace(/"outputs": \[[\s\S]*\]/, '"outputs": 3'), "lock-shape", 0],
  ];
  test.each(broken)("%s is a problem with its place and what to do", (_name, text, code, line) => {
    const read = parse(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems.map((problem) => problem.code)).toContain(code);
    const [first] = read.problems;
    expect(first?.hint).toMatch(/\S/);
    if (line > 0) expect(first?.at.line).toBe(line);
  });
});

describe("two versions of a lockfile", () => {
  const other = unit("intro@es");
  const theirs: Lock = { source: undefined, units: new Map([[other.id, ready(other)]]) };

  test("merge by units: ours are laid over theirs", () => {
    const merged = mergeLocks(theirs, lock, new Set([intro.id]));
    expect([...merged.units.keys()].sort()).toEqual(["intro", "intro@es"]);
  });

  test("a finished result of theirs is not undone by our running one", () => {
    const { outputs: _outputs, completedAt: _completedAt, job: _job, ...entry } = ready(intro);
    const running: Submitted = { ...entry, state: "submitted", job: { id: "j2" } };
    const ours: Lock = { source: undefined, units: new Map([[intro.id, running]]) };
    expect(mergeLocks(lock, ours, new Set([intro.id])).units.get(intro.id)?.state).toBe("ready");
  });

  test("the same result, collected once more, is no news; another title is", () => {
    const later = { ...ready(intro), origin: "reused", completedAt: "2027-01-01T00:00:00Z" } as const;
    const merged = (entry: typeof later) =>
      mergeLocks(lock, { source: undefined, units: new Map([[intro.id, entry]]) }, new Set([intro.id])).units;
    expect(merged(later).get(intro.id)).toEqual(ready(intro));
    const titled = { ...later, metadata: { title: "Another" } };
    expect(merged(titled).get(intro.id)).toEqual(titled);
  });

  test("what we forgot is gone", () => {
    const ours: Lock = { source: undefined, units: new Map() };
    expect(mergeLocks(lock, ours, new Set<UnitId>([intro.id])).units.size).toBe(0);
  });
});
