import { isObject, type Json, type JsonObject } from "../model/json.ts";

type Env = Readonly<Record<string, string | undefined>>;
type Read = (path: string) => string | undefined;

/** What a workflow runs for; undefined where there is no event, or nothing that can be read. */
export function eventOf({ GITHUB_EVENT_PATH: path }: Env, readFile: Read): JsonObject | undefined {
  const text = path === undefined || path === "" ? undefined : readFile(path);
  const event = text === undefined ? undefined : parsed(text);
  return isObject(event) ? event : undefined;
}

/** The number of the pull request that a workflow runs for, from its event or its ref; undefined for other events. */
export const pullRequestOf = (env: Env, readFile: Read): number | undefined =>
  fromEvent(eventOf(env, readFile)) ?? fromRef(env.GITHUB_REF);

function fromEvent(event: JsonObject | undefined): number | undefined {
  if (event === undefined) return undefined;
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

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
