import { isObject, type Json } from "../model/json.ts";

/** The number of the pull request that a workflow runs for, from its event or its ref; undefined for other events. */
export function pullRequestOf(
  { GITHUB_EVENT_PATH: path, GITHUB_REF: ref }: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string | undefined,
): number | undefined {
  const event = path === undefined || path === "" ? undefined : readFile(path);
  return fromEvent(event) ?? fromRef(ref);
}

function fromEvent(text: string | undefined): number | undefined {
  const event = text === undefined ? undefined : parsed(text);
  if (!isObject(event)) return undefined;
  const { pull_request: pull, issue } = event;
  if (isObject(pull)) return numberOf(pull.number);
  // A comment on a pull request comes as a comment on an issue that is one.
  return isObject(issue) && isObject(issue.pull_request) ? numberOf(issue.number) : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function fromRef(ref: string | undefined): number | undefined {
  const [, number] = /^refs\/pull\/(\d+)\//.exec(ref ?? "") ?? [];
  return number === undefined ? undefined : Number(number);
}

const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
