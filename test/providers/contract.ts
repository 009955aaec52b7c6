import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openPaidWires } from "../../src/io/http/paid.ts";
import { openWire } from "../../src/io/http/wire.ts";
import type { Json } from "../../src/model/json.ts";
import type { Facts, Provider } from "../../src/model/provider.ts";
import type { Request } from "../../src/model/unit.ts";
import { ProviderError } from "../../src/providers/error.ts";
import { half, intent, testClock } from "../io/http/world.ts";
import { noFacts } from "./facts.ts";
import type { Call, Recording } from "./recording.ts";
import { type Stage, stage } from "./stage.ts";

const key = "contract-key-0123456789";
/** Where the API lies on its host: a provider must not care. */
const prefix = "/somewhere";

/** What every provider must have been seen to cope with. */
const required = [
  ...["submitted", "running", "done", "failed", "moderated", "unknown-status", "extra-fields", "missing-field"],
  ...["401", "403", "404", "429-hint", "429-bare", "5xx", "web-page", "truncated", "false-and-zero"],
  ...["submit-5xx", "submit-page", "submit-truncated"],
];

export interface Subject {
  readonly provider: Provider;
  /** A folder of JSON files, each a list of recordings. */
  readonly recordings: URL;
  readonly request: Request;
  /** What this provider must have shown beside what all must: the statuses and shapes that its documents have. */
  readonly owes: readonly string[];
  readonly facts?: Facts;
}

function load(folder: URL): readonly Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as readonly Recording[]);
}

const missing = (provider: Provider, name: string) => () =>
  Promise.reject(new Error(`${provider.name} has no ${name}, and a recording asks for it`));

function perform(call: Call, provider: Provider, { api, place }: Stage): Promise<unknown> {
  const clock = testClock();
  const access = { provider, key, baseUrl: `${api.url}${prefix}`, clock, emulated: true };
  const wire = openWire({ ...access, random: half });
  if ("submit" in call) {
    const claim = { ...intent(clock.now() + 60_000), provider: provider.name };
    return provider.submit(call.submit, openPaidWires(access)(claim));
  }
  if ("poll" in call) return provider.poll(call.poll, wire);
  if ("update" in call)
    return (provider.update ?? missing(provider, "update"))(call.update.job, call.update.metadata, wire);
  if ("remove" in call) return (provider.remove ?? missing(provider, "remove"))(call.remove, wire);
  if ("inspect" in call) return (provider.inspect ?? missing(provider, "inspect"))(call.inspect, wire);
  if ("find" in call) return (provider.search?.find ?? missing(provider, "search"))(call.find, wire);
  if ("balance" in call) return (provider.balance ?? missing(provider, "balance"))(wire);
  if ("models" in call) return (provider.models ?? missing(provider, "models"))(wire);
  if ("check" in call) return (provider.upload?.check ?? missing(provider, "check"))(call.check, wire);
  if ("checkKey" in call) return (provider.checkKey ?? missing(provider, "checkKey"))(wire);
  const { name, mediaType, text } = call.upload;
  const bytes = Buffer.from(place(text));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return (provider.upload?.send ?? missing(provider, "upload"))({ name, mediaType, bytes, sha256 }, wire);
}

const placed = <T extends Json>(value: T | undefined, { place }: Stage): T | undefined =>
  value === undefined ? undefined : (JSON.parse(place(JSON.stringify(value))) as T);

async function play(recording: Recording, provider: Provider): Promise<void> {
  const set = await stage(prefix, recording.exchanges);
  try {
    const result = await perform(recording.call, provider, set).catch((error: unknown) => {
      if (error instanceof ProviderError) return error;
      throw error;
    });
    expect(set.faults()).toEqual([]);
    const expected = placed(recording.throws, set);
    if (expected === undefined) expect(result).toEqual(placed(recording.gives, set));
    else expect(result).toBeInstanceOf(ProviderError);
    if (expected !== undefined) expect(result).toMatchObject(expected);

    const shown = Object.entries(provider.headers(key)).map(([name, value]) => `${name}: ${value}`.toLowerCase());
    for (const { head } of set.api.requests)
      expect(head.toLowerCase().split("\r\n")).toEqual(expect.arrayContaining(shown));
    for (const { head, body } of set.storage.requests) expect(`${head}${body}`).not.toContain(key);
    if ("submit" in recording.call) expect(set.api.requests).toHaveLength(1);
    expect(JSON.stringify(result) ?? "").not.toContain(key);
    expect(String(result)).not.toContain(key);
  } finally {
    await set.close();
  }
}

/** What every provider owes to the engine, whatever it talks to. */
export function contract({ provider, recordings, request, owes, facts = noFacts }: Subject): void {
  const all = load(recordings);

  describe(`${provider.name}, as recorded`, () => {
    test.each(all.map((recording) => [recording.that, recording] as const))("%s", (_that, recording) =>
      play(recording, provider),
    );

    test("nothing that a provider does to one is missing among the recordings", () => {
      const shown = new Set(all.flatMap(({ shows }) => shows ?? []));
      expect([...required, ...owes].filter((behaviour) => !shown.has(behaviour))).toEqual([]);
    });
  });

  describe(`${provider.name}, at rest`, () => {
    test("it lives at one https address and takes its key from the environment", () => {
      expect(new URL(provider.baseUrl).protocol).toBe("https:");
      expect(provider.secret).toMatch(/^[A-Z]+_API_KEY$/);
      expect(provider.baseUrlVariable).toMatch(/^[A-Z]+_BASE_URL$/);
    });

    test("its limits are limits", () => {
      const { slots, submitsPerMinute, poll, visibleAfter, submitDeadline } = provider.limits;
      for (const limit of [slots, submitsPerMinute, poll.first, poll.least, poll.most, visibleAfter, submitDeadline])
        expect(limit).toBeGreaterThan(0);
      expect(poll.least).toBeLessThanOrEqual(poll.most);
    });

    test("a price is the same whenever it is asked for, and says where it comes from", () => {
      const price = provider.estimate(request, facts);
      expect(provider.estimate(request, facts)).toEqual(price);
      if (price.kind === "unknown") expect(price.because).not.toBe("");
      else expect(price.source).not.toBe("");
      if (price.kind === "exact") expect(price.amount).toBeGreaterThan(0);
      if (price.kind === "range") expect(price.low).toBeLessThanOrEqual(price.high);
    });
  });
}
