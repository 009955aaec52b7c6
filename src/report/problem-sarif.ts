import type { Problem } from "../model/problem.ts";

/** All problems as SARIF 2.1.0, which code scanning services read. */
export function problemSarif(problems: readonly Problem[], version: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Reelform", version, rules: codes.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: problems.map((problem) => resultOf(problem, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const resultOf = ({ code, severity, message, hint, at, sourceLine }: Problem, codes: readonly string[]): object => ({
  ruleId: code,
  ruleIndex: codes.indexOf(code),
  level: severity,
  message: { text: hint === undefined ? message : `${message}; ${hint}` },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: at.file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
        region: {
          startLine: at.line,
          startColumn: at.column,
          endLine: at.line,
          endColumn: at.column + at.length,
          ...(sourceLine === undefined ? {} : { snippet: { text: sourceLine } }),
        },
      },
    },
  ],
});
