import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../../scripts/action/bundle.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { folder } from "./folder.ts";
import type { Stage } from "./stage.ts";

export interface Step {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the Action as a runner does: a Node, the bundle, inputs and event in the environment, files for what comes out. */
export interface Runner {
  step(
    event: { readonly name: string; readonly payload: JsonObject; readonly base?: string; readonly branch?: string },
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
  ): Promise<Step>;
}

let built: Promise<string> | undefined;

/** The inputs that a workflow leaves out have the defaults of action.yml, which the runner fills in. */
const defaults = {
  command: "plan",
  comment: "true",
  commit: "true",
  "commit-via": "git",
  emulate: "false",
  "approve-label": "reelform:apply",
  scope: "",
  "working-directory": ".",
};

export async function runnerIn(
  { path, git }: Stage,
  github: { readonly url: string; readonly token: string },
): Promise<Runner> {
  const home = await folder();
  const bin = join(home, "reelform", "action", "dist");
  mkdirSync(bin, { recursive: true });
  built ??= bundle();
  writeFileSync(join(bin, "index.js"), await built);
  for (const name of ["package.json", "catalogue"]) cpSync(name, join(home, "reelform", name), { recursive: true });
  let steps = 0;

  return {
    async step({ name, payload, base, branch }, inputs, env = {}) {
      steps += 1;
      const file = (kind: string, text: string): string => {
        const at = join(home, `${kind}-${steps}`);
        writeFileSync(at, text);
        return at;
      };
      const output = file("output", "");
      const summary = file("summary", "");
      const given = Object.entries({ ...defaults, "github-token": github.token, ...inputs });
      const child = spawn(process.execPath, [join(bin, "index.js")], {
        cwd: path,
        env: {
          PATH: process.env.PATH ?? "",
          HOME: home,
          GIT_CONFIG_NOSYSTEM: "1",
          CI: "true",
          GITHUB_ACTIONS: "true",
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: "acme/videos",
          GITHUB_RUN_ID: "7",
          GITHUB_RUN_ATTEMPT: String(steps),
          GITHUB_SERVER_URL: "https://github.com",
          GITHUB_EVENT_NAME: name,
          GITHUB_EVENT_PATH: file("event", JSON.stringify(payload)),
          GITHUB_SHA: await git("rev-parse", "HEAD"),
          ...(base === undefined ? {} : { GITHUB_BASE_REF: base }),
          ...(branch === undefined ? {} : { GITHUB_HEAD_REF: branch }),
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          RUNNER_TEMP: home,
          ...Object.fromEntries(given.map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value])),
          ...env,
        },
      });
      let log = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          log += text;
        });
      const [code] = (await once(child, "close")) as [number | null];
      const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
      const outputs = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      );
      return { code, log, outputs, summary: readFileSync(summary, "utf8") };
    },
  };
}
