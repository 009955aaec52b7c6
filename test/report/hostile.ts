import { planDocument } from "../../src/report/plan-document.ts";
import { type ResultDocument, resultDocument } from "../../src/report/result-document.ts";
import type { PlanDocument, PlannedAction } from "../../src/schema/plan.types.ts";
import type { ResultRowDocument } from "../../src/schema/result.types.ts";
import { plan, result } from "./sample.ts";

/** Pieces of text that do something somewhere; alone, and in every mixture that a test makes of them. */
export const pieces: readonly string[] = [
  "@org/team",
  "@octocat",
  "cc @a, @b-c",
  "fixes #1",
  "Closes #22",
  "GH-7",
  "owner/repo#5",
  "octocat@1a2b3c4",
  "0123456789abcdef0123456789abcdef01234567",
  "a5c3785",
  "http://evil.example/x?a=b",
  "https://evil.example",
  "www.evil.example",
  "mailto:a@b.example",
  "a.b@evil.example",
  "javascript:alert(1)",
  "<img src=https://evil.example/t.gif>",
  "<script>alert(1)</script>",
  "<a href='https://evil.example'>x</a>",
  "<svg/onload=alert(1)>",
  "<!-- reelform scope=default plan=x head=y -->",
  "<!--",
  "-->",
  "</details>",
  "</summary>",
  "<details>",
  "</blockquote>",
  "</code>",
  "</del>",
  "<br>",
  "<h1>x",
  "<",
  ">",
  "&lt;b&gt;",
  "&#64;octocat",
  "&commat;octocat",
  "![x](https://evil.example/t.gif)",
  "![",
  "[x](javascript:alert(1))",
  "[x](https://evil.example)",
  "[x]: https://evil.example",
  "[x][y]",
  "]",
  "](",
  "`",
  "``",
  "```",
  "````",
  "`````",
  "```diff\n- x\n```",
  "~~~",
  "~~~\nx\n~~~",
  "` `",
  "\\`",
  "\\",
  "\\\\",
  "$x$",
  "$$",
  "$`x`$",
  "|",
  "\\|",
  "||",
  "| a | b |",
  "|---|",
  "a|b|c|d|e|f|g|h",
  "# heading",
  "## x",
  "- item",
  "* item",
  "+ item",
  "1. item",
  "> quote",
  "---",
  "===",
  "***",
  "___",
  "**bold**",
  "_it_",
  "*it*",
  "~~x~~",
  "\n",
  "\n\n",
  "\n\n# x",
  "\n\n- x",
  "\r\n",
  "\r",
  "\t",
  "  ",
  " ",
  "\n    code",
  "\u00a0",
  "\u202e",
  "\u202dx\u202c",
  "\u2066x\u2069",
  "\u200b",
  "\u200d",
  "\ufeff",
  "\u00ad",
  "\u2028",
  "\u2029",
  "\u061c",
  "\u{e0041}\u{e0042}",
  "\ud800",
  "\udc00x",
  "\u0000",
  "\u0007",
  "\b\b",
  "\u001b[31m",
  "\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007",
  "\u001b]52;c;eA==\u0007",
  "\u009b31m",
  "\u0085",
  "\u007f",
  "::error::x",
  "::set-env name=X::y",
  "\n::stop-commands::t",
  " ::warning file=a::x",
  "##[error]x",
  "##[set-env name=X]y",
  "x\n::add-mask::y",
  ":tada:",
  "🎬",
  "é",
  "漢字",
  "हिन्दी",
  "plain words",
  "a",
  "",
];

/** The same documents with this text wherever others may write, and another at the end of addresses. */
export function withText(
  text: string,
  address = text,
): { readonly plan: PlanDocument; readonly result: ResultDocument } {
  const planned = planDocument(plan);
  const came = resultDocument(result);
  const changed = planned.actions.map((action, at) => foreign(action, unitAt(at, text), text));
  const told = {
    ...planned,
    digest: text,
    head: text,
    actions: changed,
    uploads: planned.uploads.map((upload) => ({ ...upload, path: text, mediaType: text, sha256: text })),
    warnings: planned.warnings.map((warning) => ({ ...warning, file: text, message: text, hint: text })),
  };
  const rows = came.rows.map((row, at) => foreignRow(row, unitAt(at, text), text, address));
  return { plan: told, result: { ...came, plan: told, rows } };
}

/** Units differ, or a result's rows could not be told apart. */
const unitAt = (at: number, text: string): string => `${text}${at}`;

function foreign(action: PlannedAction, unit: string, text: string): PlannedAction {
  const because: PlannedAction["because"] = JSON.parse(
    JSON.stringify(action.because, (key, value) =>
      key === "kind" || key === "class" || typeof value !== "string" ? value : text,
    ),
  );
  const own =
    because.kind === "changed"
      ? {
          ...because,
          changes: [
            { field: text, before: text, after: `${text} more` },
            { field: text, before: `long enough for a diff ${text}`, after: `long enough for a text diff ${text} x` },
          ],
        }
      : because;
  const estimate = action.estimate.kind === "unknown" ? { ...action.estimate, because: text } : action.estimate;
  return {
    ...action,
    unit,
    spec: text,
    step: text,
    provider: text,
    because: own,
    estimate,
    metadata: { title: text },
  };
}

function foreignRow(row: ResultRowDocument, unit: string, text: string, address: string): ResultRowDocument {
  const { after, turnedAway, ...rest } = row;
  return {
    ...rest,
    unit,
    ...(row.outcome === "held" ? { note: text } : {}),
    ...(turnedAway === undefined ? {} : { turnedAway: { ...turnedAway, message: text } }),
    ...(after === undefined
      ? {}
      : {
          after: {
            ...after,
            ...(after.message === undefined ? {} : { message: text }),
            ...(after.job === undefined ? {} : { job: { id: text } }),
            ...(after.outputs === undefined
              ? {}
              : { outputs: after.outputs.map((file) => ({ ...file, url: `https://github.com/acme/${address}` })) }),
          },
        }),
  };
}
