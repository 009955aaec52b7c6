import fc from "fast-check";
import { expect, test } from "vitest";
import type { FailureClass } from "../../src/model/job.ts";
import { adviceOnFailure, adviceOnHold, word } from "../../src/report/advice.ts";
import { displayWidth, wrapped } from "../../src/report/columns.ts";
import { sumOf } from "../../src/report/decimals.ts";
import { ageText } from "../../src/report/duration.ts";
import { plain } from "../../src/report/phrase.ts";
import { noProgress, progressed, progressTitle } from "../../src/report/progress.ts";
import { nearChanges, wordDiff } from "../../src/report/word-diff.ts";
import type { Because } from "../../src/schema/plan.types.ts";
import { ready, unit } from "../support/builders.ts";

const whose = { unit: "hr/intro@es", provider: "golpo" };

test.each([
  ["invalid", "reelform validate"],
  ["auth", "reelform providers"],
  ["plan", "reelform why hr/intro@es"],
  ["quota", "reelform reconcile"],
  ["rate", "reelform reconcile"],
  ["moderated-input", "reelform why hr/intro@es"],
  ["moderated-output", "reelform plan --retry moderated-output"],
  ["provider", "reelform plan --retry provider"],
  ["expired", "reelform plan --retry expired"],
  ["lost-output", "reelform plan --replace hr/intro@es"],
  ["not-sent", "reelform reconcile"],
  ["unknown", "reelform resolve hr/intro@es"],
] as const satisfies readonly (readonly [FailureClass, string])[])(
  "a failure of class %s is followed by %s",
  (failure, command) => {
    const advice = adviceOnFailure(failure, whose);
    expect(advice.command).toBe(command);
    expect(plain(advice.text)).toMatch(/^[A-Zg].*\.$/);
  },
);

test("nobody is told to try again where the money may be spent already", () => {
  for (const [because, command] of [
    [{ kind: "unknown", attempt: "a", since: "" }, "reelform resolve hr/intro@es"],
    [{ kind: "failed", class: "unknown", message: "" }, "reelform why hr/intro@es"],
  ] as const) {
    const advice = adviceOnHold(because, whose);
    expect(advice?.command).toBe(command);
    expect(plain(advice?.text ?? [])).not.toMatch(/again|retry/i);
  }
});

test.each([
  { kind: "failed", class: "provider", message: "" },
  { kind: "unknown", attempt: "a", since: "" },
  { kind: "theirs", run: "https://github.com/acme/videos/actions/runs/7", since: "" },
  { kind: "upstream", needs: "hr/intro" },
  { kind: "protected" },
  { kind: "over-budget", limit: "budget.perRun" },
  { kind: "unknown-price", because: "" },
  { kind: "policy", rule: "" },
  { kind: "stale" },
] as const satisfies readonly Because[])("a unit on hold ($kind) comes with advice", (because) => {
  expect(plain(adviceOnHold(because, whose)?.text ?? [])).not.toBe("");
});

test.each([
  ["onboarding/intro@es#describe", "onboarding/intro@es#describe"],
  ["--none", "'--none'"],
  ["a b", "'a b'"],
  ["it's", "'it'\\''s'"],
  ["$(rm -rf .)", "'$(rm -rf .)'"],
])("%j is one word for a shell", (text, quoted) => {
  expect(word(text)).toBe(quoted);
});

const text = fc
  .array(fc.constantFrom("waves", "dusk", "dawn", "a", ".", "\n", " ", "漢字"), { maxLength: 60 })
  .map((some) => some.join(" "));

test("a word diff holds both texts", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = wordDiff(before, after);
      const without = (kind: string): string =>
        diff
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join("");
      expect(without("added")).toBe(before);
      expect(without("removed")).toBe(after);
    }),
  );
});

test("words far from any change are left out of a word diff", () => {
  const words = Array.from({ length: 40 }, (_, at) => `w${at}`);
  const diff = nearChanges(wordDiff(words.join(" "), words.with(20, "new").join(" ")), 2);
  expect(diff.map((part) => part.text).join("|")).toBe("|… |w18 w19 |w20|new| w21 w22| …|");
});

test("texts too long to compare count as replaced", () => {
  const long = "word ".repeat(10_000);
  expect(wordDiff(long, `${long}more`).map(({ kind }) => kind)).toEqual(["removed", "added"]);
});

test("sums of decimals are exact", () => {
  expect(sumOf(["0.1", "0.2"])).toBe("0.30");
  expect(sumOf(["4.00", "0.000125"])).toBe("4.000125");
  expect(sumOf(["0.000000000000000000000000000001", "1"])).toBe("1.000000000000000000000000000001");
  expect(sumOf([])).toBe("0.00");
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 9 })), (cents) => {
      const total = cents.reduce((sum, one) => sum + one, 0);
      expect(sumOf(cents.map((one) => (one / 100).toFixed(2)))).toBe((total / 100).toFixed(2));
    }),
  );
});

test.each([
  ["2026-11-21T08:59:30Z", "30 s"],
  ["2026-11-21T08:30:00Z", "30 min"],
  ["2026-11-21T01:00:00Z", "8 h"],
  ["2026-11-01T01:00:00Z", "20 d"],
  ["2026-11-21T10:00:00Z", "0 s"],
  ["no time", ""],
])("something of %s is %s old", (since, age) => {
  expect(ageText(since, Date.parse("2026-11-21T09:00:00Z"))).toBe(age);
});

test("wide characters take two columns, and no line is wider than asked", () => {
  expect(displayWidth("漢字")).toBe(4);
  expect(displayWidth("é")).toBe(1);
  expect(displayWidth("e\u0301")).toBe(1);
  expect(displayWidth("🎬")).toBe(2);
  expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
});

test("progress counts each finished unit once, what is only updated or reused among them", () => {
  const [film, title] = [unit("film"), unit("title")];
  const became = (one: typeof film) => ({ kind: "became", id: one.id, spec: one.spec, entry: ready(one) }) as const;
  const events = [
    { kind: "note", id: film.id, note: { kind: "claimed" } },
    became(film),
    became(film),
    became(title),
  ] as const;
  expect(progressTitle(events.reduce(progressed, noProgress(2)))).toBe("generate 2/2");
});
