import type { Problem } from "../model/problem.ts";
import { sanitizeFor } from "./escape.ts";

/** Workflow commands that make GitHub show each problem on its line of the pull request, one command a line. */
export const problemAnnotations = (problems: readonly Problem[]): string => problems.map(annotation).join("\n");

function annotation({ severity, at, code, message, hint }: Problem): string {
  const properties = {
    file: at.file,
    line: String(at.line),
    endLine: String(at.line),
    col: String(at.column),
    endColumn: String(at.column + at.length),
    title: code,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${severity} ${list.join(",")}::${commandData(hint === undefined ? message : `${message}\n${hint}`)}`;
}

/** Text after a workflow command: the runner takes apart at line ends, and the percent sign is its escape. */
export const commandData = (text: string): string =>
  sanitizeFor("terminal", text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
