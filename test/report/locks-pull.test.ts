import fc from "fast-check";
import { expect, test } from "vitest";
import { locksPullBody, locksPullTitle } from "../../src/report/locks-pull.ts";
import { resultDocument } from "../../src/report/result-document.ts";
import { effectsOf } from "./effects.ts";
import { pieces, withText } from "./hostile.ts";
import { result } from "./sample.ts";

const runUrl = "https://github.com/acme/videos/actions/runs/7";
const told = resultDocument(result);

test("it says what it holds, what merging it costs, and which run opened it", () => {
  const body = locksPullBody(told, { target: "main", runUrl });
  expect(body).toMatch(/^`main` did not take these locks directly\. Merging them costs nothing/);
  expect(body).toContain(`[The run that opened this](${runUrl})`);
  expect(body).toContain("- `onboarding/intro@es`: generated");
  expect(body).not.toContain("unchanged");
  expect(body).not.toContain("undefined");
});

test("nobody's words in it do anything, and there is never too much of it", () => {
  const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join("\n"));
  fc.assert(
    fc.property(hostile, (text) => {
      const body = locksPullBody(withText(text).result, { target: text, runUrl });
      const { html, links, skeleton: _, ...effects } = effectsOf(body);
      expect(effects).toEqual({ mentions: [], references: [], addresses: [], images: [], unseen: [] });
      expect(html).toEqual([]);
      expect(links).toEqual([runUrl]);
    }),
    { numRuns: 200 },
  );
  const many = Array.from({ length: 3_000 }, (_, at) => at);
  const [row] = told.rows.filter(({ outcome }) => outcome === "generated");
  const [action] = told.plan.actions.filter(({ unit }) => unit === row?.unit);
  if (row === undefined || action === undefined) throw new Error("the sample has nothing generated");
  const rows = many.map((at) => ({ ...row, unit: `film-${at}` }));
  const actions = many.map((at) => ({ ...action, unit: `film-${at}` }));
  const body = locksPullBody({ ...told, rows, plan: { ...told.plan, actions } }, { target: "main", runUrl });
  expect(new TextEncoder().encode(body).length).toBeLessThan(65_536);
  expect(body).toMatch(/… and \d+ more videos in the \[job summary\]/);
});

test.each([
  ["videos: 2 generated, 1 updated\n\nReelform-Units: 3", "videos: 2 generated, 1 updated"],
  ["a reviewer's words, cc @acme/everyone", "videos: locks"],
  ["videos: fixes #1 @everyone", "videos: locks"],
])("a title is the commit's first line where the words are ours: %j", (message, title) => {
  expect(locksPullTitle(message)).toBe(title);
});
