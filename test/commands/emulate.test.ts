import { expect, test } from "vitest";
import { type EmulateArgs, emulate } from "../../src/commands/emulate.ts";
import { UsageError } from "../../src/commands/exit.ts";

const args: EmulateArgs = { port: undefined, speed: 60, seed: 1, faults: undefined, json: false };

/** Runs the command, looks at what it prints, and then stops it. */
async function run(
  changes: Partial<EmulateArgs>,
  file: string,
  look: (text: string) => Promise<void>,
): Promise<number> {
  const stop = new AbortController();
  const looks: Promise<void>[] = [];
  const print = (text: string): void => void looks.push(look(text).finally(() => stop.abort()));
  const code = await emulate({ ...args, ...changes }, { print, signal: stop.signal, readFile: () => file });
  await Promise.all(looks);
  return code;
}

test("prints what to export, serves until it is told to stop, and ends with 0", async () => {
  let url = "";
  const ended = await run({}, "", async (text) => {
    url = /^export GOLPO_BASE_URL=(.*)$/m.exec(text)?.[1] ?? "";
    const key = /^export GOLPO_API_KEY=(.*)$/m.exec(text)?.[1] ?? "";
    expect((await fetch(`${url}/api/v1/videos`, { headers: { "x-api-key": key } })).status).toBe(200);
  });
  expect(ended).toBe(0);
  await expect(fetch(`${url}/api/v1/videos`)).rejects.toThrow();
});

test("prints one JSON document when asked", async () => {
  await run({ json: true }, "", async (text) => {
    const { url, environment } = JSON.parse(text);
    expect(environment).toMatchObject({
      GOLPO_BASE_URL: `${url}/golpo`,
      GOLPO_API_KEY: "emulated",
      VIDDYSCRIBE_BASE_URL: `${url}/viddyscribe`,
      VIDDYSCRIBE_API_KEY: "emulated",
    });
  });
});

test.each([
  ["YAML", "- on: list\n  kind: status\n  status: 429\n"],
  ["JSON", '[{"on":"list","kind":"status","status":429}]'],
])("reads faults from %s", async (_, file) => {
  await run({ faults: "faults.yaml", json: true }, file, async (text) => {
    const { environment } = JSON.parse(text);
    expect((await fetch(`${environment.GOLPO_BASE_URL}/api/v1/videos`)).status).toBe(429);
  });
});

test("refuses faults that it does not understand", async () => {
  await expect(run({ faults: "faults.yaml" }, "- kind: explode\n", async () => {})).rejects.toThrow(UsageError);
});
