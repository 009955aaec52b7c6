import { expect, test } from "vitest";
import { digestOfPath, entryPath, formatEntry, parseEntry } from "../../src/journal/entry.ts";
import { type JournalEntry, JournalError } from "../../src/model/journal.ts";
import type { UnitId } from "../../src/model/unit.ts";
import { digestNamed, runnerNamed } from "../support/journal/attempts.ts";

const digest = digestNamed("intro");
const entry: JournalEntry = {
  digest,
  attempts: [
    {
      id: "a-1",
      state: "submitted",
      unit: "intro" as UnitId,
      provider: "golpo",
      runner: runnerNamed("a", { ci: { id: "1", attempt: 2, url: "https://ci.example/1" } }),
      claimedAt: "2026-11-20T10:00:00Z",
      estimate: "4.00",
      submittedAt: "2026-11-20T10:00:01Z",
      job: { id: "j", video: "v" },
    },
  ],
};

test("an entry comes back as it was written, and its path is its digest", () => {
  expect(parseEntry(digest, formatEntry(entry))).toEqual(entry);
  expect(digestOfPath(entryPath(digest))).toBe(digest);
});

test("the order in which fields were set leaves no trace", () => {
  const attempts = entry.attempts.map((one) => Object.fromEntries(Object.entries(one).reverse()));
  expect(formatEntry(parseEntry(digest, JSON.stringify({ attempts, digest, v: 1 })))).toBe(formatEntry(entry));
});

test("fields of a later version survive being read and written", () => {
  const text = formatEntry(entry).replace('"id": "a-1"', '"id": "a-1",\n"note": "hello"');
  expect(formatEntry(parseEntry(digest, text))).toContain('"note": "hello"');
});

const text = formatEntry(entry);
test.each([
  ["half an entry", text.slice(0, 200), /torn/],
  ["an empty file", "", /torn/],
  ["a list", "[]", /not an object/],
  ["a later version", text.replace('"v": 1', '"v": 2'), /version 2; update reelform/],
  ["no version", text.replace('"v": 1', '"w": 1'), /version/],
  ["another digest", text.replace(digest, digestNamed("other")), /another request/],
  ["no attempts", JSON.stringify({ v: 1, digest, attempts: [] }), /no attempts/],
  ["an unknown state", text.replace('"submitted"', '"thinking"'), /unknown state "thinking"/],
  ["a state that is a property of all objects", text.replace('"submitted"', '"constructor"'), /unknown state/],
  ["a job without an id", text.replace('"id": "j"', '"it": "j"'), /"a-1" \(submitted\) without a sound "job"/],
  ["a runner without a process", text.replace('"pid": 4242', '"pid": "?"'), /without a sound "runner"/],
  ["a time that is none", text.replace("2026-11-20T10:00:00Z", "yesterday"), /without a sound "claimedAt"/],
])("%s is refused by name, never passed over", (_what, torn, words) => {
  const read = () => parseEntry(digest, torn);
  expect(read).toThrow(JournalError);
  expect(read).toThrow(words);
  expect(read).toThrow(entryPath(digest));
});

test.each(["v2/ab/x.json", "README.md", `v1/00/${digest.slice(7)}.json`, "v1/../x"])(
  "a file called %s is not ours",
  (path) => {
    expect(() => digestOfPath(path)).toThrow(/update reelform/);
  },
);
