import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/model/problem.ts";
import { problemAnnotations } from "../../src/report/problem-annotations.ts";
import { problemJson } from "../../src/report/problem-json.ts";
import { problemSarif } from "../../src/report/problem-sarif.ts";
import { problemText } from "../../src/report/problem-text.ts";

const typo: Problem = {
  code: "unknown-key",
  severity: "error",
  message: 'unknown key "promt"',
  at: { file: "videos/intro.yaml", line: 7, column: 3, length: 5 },
  sourceLine: "  promt: A tour",
  hint: 'did you mean "prompt"?',
};

const at = (column: number, length: number) => ({ file: "a.yaml", line: 1, column, length });

describe("a problem as text", () => {
  test("shows no line where the line is empty", () => {
    const empty: Problem = {
      code: "empty",
      severity: "error",
      message: "the file is empty",
      at: at(1, 1),
      sourceLine: "",
    };
    expect(problemText(empty, { colour: false })).toBe("a.yaml:1:1 error the file is empty");
  });

  test("shows the place, the line, what is meant and what to do", () => {
    expect(problemText(typo, { colour: false })).toBe(
      [
        'videos/intro.yaml:7:3 error unknown key "promt"',
        "    promt: A tour",
        "    ^^^^^",
        '  hint: did you mean "prompt"?',
      ].join("\n"),
    );
  });

  test("is one line when there is no line to show and nothing to advise", () => {
    const { sourceLine: _line, hint: _hint, ...bare } = typo;
    expect(problemText({ ...bare, severity: "warning" }, { colour: false })).toBe(
      'videos/intro.yaml:7:3 warning unknown key "promt"',
    );
  });

  test("has colours only when asked for", () => {
    expect(problemText(typo, { colour: true })).toContain("\x1b[31merror\x1b[0m");
    expect(problemText(typo, { colour: false })).not.toContain("\x1b");
  });

  const squiggles: readonly (readonly [string, string, number, number, string, string])[] = [
    ["wide characters", "日本: x", 5, 1, "  日本: x", "        ^"],
    ["wide characters underlined", "a: 日本", 4, 2, "  a: 日本", "     ^^^^"],
    ["a tab before it", "a:\tb", 4, 1, "  a: b", "     ^"],
    ["a control character before it", "a\x1b[31m: b", 9, 1, "  a\\x1b[31m: b", "             ^"],
    ["the end of the line", "a:", 3, 1, "  a:", "    ^"],
  ];
  test.each(squiggles)("underlines the right columns after %s", (_name, sourceLine, column, length, line, squiggle) => {
    const text = problemText({ ...typo, at: at(column, length), sourceLine }, { colour: false }).split("\n");
    expect(text.slice(1, 3)).toEqual([line, squiggle]);
  });

  test("cuts a long line around what is meant", () => {
    const sourceLine = `prompt: ${"x".repeat(300)}BAD${"y".repeat(300)}`;
    const [, line = "", squiggle = ""] = problemText(
      { ...typo, at: at(309, 3), sourceLine },
      { colour: false, width: 80 },
    ).split("\n");
    expect(line.length).toBeLessThanOrEqual(82);
    expect(line.slice(squiggle.indexOf("^"), squiggle.length)).toBe("BAD");
    expect([line.trimStart().at(0), line.at(-1)]).toEqual(["…", "…"]);
  });

  test("shows what others wrote without obeying it", () => {
    const foreign = "x\x1b]52;c;eA==\x07\r\n::set-env name=A::b\u202e";
    const text = problemText({ ...typo, message: foreign, sourceLine: foreign, hint: foreign }, { colour: false });
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e|^\s*::/mu);
    expect(text.split("\n")).toHaveLength(4);
  });
});

describe("problems as annotations", () => {
  test("are one workflow command each", () => {
    expect(problemAnnotations([typo, { ...typo, severity: "warning" }]).split("\n")).toEqual([
      '::error file=videos/intro.yaml,line=7,endLine=7,col=3,endColumn=8,title=unknown-key::unknown key "promt"%0Adid you mean "prompt"?',
      '::warning file=videos/intro.yaml,line=7,endLine=7,col=3,endColumn=8,title=unknown-key::unknown key "promt"%0Adid you mean "prompt"?',
    ]);
  });

  test("cannot be broken out of", () => {
    const file = "a,line=1::x\r\n::error::y%0A.yaml";
    const text = problemAnnotations([{ ...typo, message: "100%\r\n::add-mask::a\x1b", at: { ...typo.at, file } }]);
    expect(text.split("\n")).toHaveLength(1);
    expect(text).toContain("file=a%2Cline=1%3A%3Ax%0A%3A%3Aerror%3A%3Ay%250A.yaml,");
    expect(text).toContain("::100%25%0A::add-mask::a\\x1b");
  });
});

test("problems as JSON are one document with a version and the counts", () => {
  expect(JSON.parse(problemJson([typo]))).toEqual({ formatVersion: "1.0", errors: 1, warnings: 0, problems: [typo] });
});

describe("problems as SARIF", () => {
  const { sourceLine: _line, ...lineless } = typo;
  const text = problemSarif(
    [typo, { ...lineless, code: "tab", severity: "warning", at: { ...typo.at, file: "videos/ein Film.yaml" } }],
    "1.2.3",
  );
  const log = JSON.parse(text);
  const [run] = log.runs;

  test("name the version of the format and the tool", () => {
    expect([log.version, log.runs.length, run.tool.driver.name, run.tool.driver.version]).toEqual([
      "2.1.0",
      1,
      "Reelform",
      "1.2.3",
    ]);
  });

  test("refer to a rule that is listed", () => {
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test("say where, with addresses that are addresses", () => {
    const places = run.results.map(
      (result: { locations: { physicalLocation: unknown }[] }) => result.locations[0]?.physicalLocation,
    );
    expect(places).toEqual([
      {
        artifactLocation: { uri: "videos/intro.yaml", uriBaseId: "%SRCROOT%" },
        region: { startLine: 7, startColumn: 3, endLine: 7, endColumn: 8, snippet: { text: "  promt: A tour" } },
      },
      {
        artifactLocation: { uri: "videos/ein%20Film.yaml", uriBaseId: "%SRCROOT%" },
        region: { startLine: 7, startColumn: 3, endLine: 7, endColumn: 8 },
      },
    ]);
  });
});
