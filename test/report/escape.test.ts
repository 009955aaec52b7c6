import fc from "fast-check";
import { expect, test } from "vitest";
import { attentionMarkdown } from "../../src/report/attention.ts";
import { checkMarkdown, commentMarkdown, summaryMarkdown } from "../../src/report/comment.ts";
import { sanitizeFor } from "../../src/report/escape.ts";
import { codeSpan, link } from "../../src/report/markdown.ts";
import { planText } from "../../src/report/plan-text.ts";
import { resultText } from "../../src/report/result-text.ts";
import { statusText } from "../../src/report/status-text.ts";
import { whyText } from "../../src/report/why-text.ts";
import { effectsOf } from "./effects.ts";
import { pieces, withText } from "./hostile.ts";
import { result } from "./sample.ts";

const person = {
  scope: "default",
  budget: 60_000,
  summaryUrl: undefined,
  commentUrl: "https://github.com/acme/videos/pull/12",
};
const where = { scope: "default", budget: 1_000_000, summaryUrl: undefined };
const hostile = fc.oneof(
  fc.constantFrom(...pieces),
  fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 }).map((some) => some.join("")),
  fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 }).map((some) => some.join(" ")),
);
/** Every piece alone, then mixtures: first one that was seen to matter, two commits with a line end between them. */
const runs = { numRuns: 600, examples: [...pieces, "a5c3785\r\na5c3785"].map((piece): [string] => [piece]) };

/** The hidden marker has a test of its own. */
const withoutMarker = (markdown: string): string => markdown.replace(/^<!-- .*\n/, "");

/** As long, with line ends in the same places, and harmless. */
const harmless = (text: string): string =>
  text.trim() === "" ? text : text.replace(/\r\n/g, "\n").replace(/[^\s]|[\u2028\u2029\ufeff\r\t]/g, "a");

test("nobody else's text does anything in a comment", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const told = withText(text);
      const calm = withText(harmless(text), text);
      for (const [markdown, quiet] of [
        [commentMarkdown({ plan: told.plan }, where), commentMarkdown({ plan: calm.plan }, where)],
        [commentMarkdown({ result: told.result }, where), commentMarkdown({ result: calm.result }, where)],
        [summaryMarkdown({ result: told.result }), summaryMarkdown({ result: calm.result })],
      ] as const) {
        const { skeleton, links, html, ...effects } = effectsOf(withoutMarker(markdown));
        expect(effects).toEqual({ mentions: [], references: [], addresses: [], images: [], unseen: [] });
        expect(links.filter((url) => !url.startsWith("https://github.com/acme/"))).toEqual([]);
        expect(html.filter((tag) => !isOurs(tag))).toEqual([]);
        expect(skeleton).toEqual(effectsOf(withoutMarker(quiet)).skeleton);
      }
    }),
    runs,
  );
});

test("nor where a person is called, or a commit is checked", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { plan, result } = withText(text);
      const { summary, text: checked } = checkMarkdown(result);
      for (const markdown of [
        attentionMarkdown({ plan }, person),
        attentionMarkdown({ result }, person),
        summary,
        checked,
      ]) {
        const { mentions, references, addresses, images, unseen, links, html } = effectsOf(withoutMarker(markdown));
        expect([...mentions, ...references, ...addresses, ...images, ...unseen]).toEqual([]);
        expect(links.filter((url) => !url.startsWith("https://github.com/acme/"))).toEqual([]);
        expect(html.filter((tag) => !isOurs(tag))).toEqual([]);
      }
    }),
    { ...runs, numRuns: 200 },
  );
});

/** The contact sheet's pictures, which lead to our own files. */
const isOurs = (tag: string): boolean =>
  tag === "</a>" ||
  /^<a href="https:\/\/github\.com\/acme\/[\w/.%+,=:~-]*">$/.test(tag) ||
  /^<img src="https:\/\/github\.com\/acme\/[\w/.%+,=:~-]*" alt="[^"<>]*" width="240">$/.test(tag);

test("only one hidden marker stands in a comment, and it is the first line", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const markdown = commentMarkdown({ plan: withText(text).plan }, { ...where, scope: text });
      expect(markdown.split("\n")[0]).toMatch(/^<!-- reelform scope=[\w./%;-]* plan=[\w.-]+ head=[\w.-]+ -->$/);
    }),
    runs,
  );
});

test("terminals and job logs get no control characters and no commands", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const target of ["terminal", "actions"] as const) {
        const style = { colour: false, width: 80, target };
        const { plan, result: came } = withText(text);
        const rows = result.rows.slice(0, 12).map(({ after }) => ({ id: text as never, entry: after }));
        const views = [planText(plan, style), resultText(came, style), statusText(rows, 0, style)];
        for (const action of plan.actions.slice(1, 3)) views.push(whyText(action, false, style));
        for (const view of views) {
          expect(view).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          if (target === "actions") expect(view).not.toMatch(/^\s*::\w|##\[/m);
        }
      }
    }),
    runs,
  );
});

test.each([
  ["a\u001b[31mb", "a\\x1b[31mb"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["zero\u200bwidth", "zero\\u200bwidth"],
  ["\ud800", "\\ud800"],
  ["\u{e0041}", "\\u{e0041}"],
  ["one\r\ntwo", "one\ntwo"],
  ["❤️ ok", "❤️ ok"],
])("what cannot be seen is shown: %j", (text, shown) => {
  expect(sanitizeFor("terminal", text)).toBe(shown);
});

test.each([
  ["::error::x", "\\x3a:error::x"],
  ["see\n  ::stop-commands::t", "see\n  \\x3a:stop-commands::t"],
  ["##[error]x", "##\\x5berror]x"],
  ["a::b", "a::b"],
])("a job's log obeys no foreign command: %j", (text, shown) => {
  expect(sanitizeFor("actions", text)).toBe(shown);
});

test.each([
  ["../../etc/passwd", "etc-passwd"],
  [".git", "git"],
  ["-rf", "rf"],
  ["a b|c.mp4", "a-b-c.mp4"],
  ["///", "unnamed"],
])("a file name made of foreign text stays a plain name: %j", (text, name) => {
  expect(sanitizeFor("file", text)).toBe(name);
});

test.each([
  ["plain", "`plain`"],
  ["a`b", "``a`b``"],
  ["`", "`` ` ``"],
  ["``` x", "```` ``` x ````"],
  ["two\nlines", "`two lines`"],
  ["", "<code> </code>"],
])("code spans hold any text: %j", (text, span) => {
  expect(codeSpan(text)).toBe(span);
});

test.each([
  "javascript:alert(1)",
  "http://github.com/a",
  "https://user:key@github.com/a",
  "https://bucket.example/a.mp4?X-Amz-Signature=abc",
  "out/intro.mp4",
  "",
])("nothing is linked but a plain https address: %j", (url) => {
  expect(link(codeSpan("x"), url)).toBeUndefined();
});
