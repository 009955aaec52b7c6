import { describe, expect, test } from "vitest";
import { decimal } from "../../src/model/money.ts";
import type { Input } from "../../src/model/unit.ts";
import { golpo } from "../../src/providers/golpo/golpo.ts";
import { contract } from "./contract.ts";
import { noFacts } from "./facts.ts";

contract({
  provider: golpo,
  recordings: new URL("../fixtures/golpo/", import.meta.url),
  request: { operation: "generate", with: { prompt: "How tides work", timing: "2" } },
  owes: [
    ...["402", "quota-403", "quota-429", "413", "413-upload", "storage-403"],
    ...["invalid-list", "invalid-text", "invalid-object", "invalid-bare", "ids-elsewhere"],
    ...["progress", "podcast", "script", "no-url", "wrapped", "bare", "video-alone", "film-and-failure", "upload"],
    ...[],
  ],
});

const price = (fields: { readonly [name: string]: Input }) => {
  const estimate = golpo.estimate({ operation: "generate", with: { prompt: "x", ...fields } }, noFacts);
  if (estimate.kind === "exact") return decimal(estimate.amount);
  return estimate.kind === "range" ? `${decimal(estimate.low)} to ${decimal(estimate.high)}` : "unknown";
};

describe("what Golpo charges", () => {
  test.each<readonly [{ readonly [name: string]: Input }, string]>([
    [{ timing: "0.25" }, "0.50"],
    [{ timing: "0.5" }, "1.00"],
    [{ timing: "1" }, "2.00"],
    [{ timing: "10" }, "20.00"],
    [{ timing: 4 }, "8.00"],
    [{ timing: "1", tts_model: "flash" }, "2.00"],
    [{ timing: "1", extra: { timing: "2" } }, "4.00"],
    [{ timing: "1", do_research: false, audio_only: false, just_return_script: false }, "2.00"],
    [{ timing: "1", do_research: true }, "unknown"],
    [{ timing: "1", audio_only: true }, "unknown"],
    [{ timing: "1", just_return_script: true }, "unknown"],
    [{ timing: "1", extra: { audio_only: true } }, "unknown"],
    [{ timing: "1", style: "conversational" }, "2.00"],
    [{ timing: "1", style: "conversational", video_type: null }, "unknown"],
    [{ timing: "auto" }, "unknown"],
    [{ timing: "soon" }, "unknown"],
    [{ timing: "-1" }, "unknown"],
    [{ timing: "0" }, "unknown"],
    [{}, "unknown"],
    [{ new_script: "x".repeat(1050) }, "2.00 to 4.00"],
    [{ new_script: "x".repeat(900), timing: "auto" }, "1.714286 to 2.00"],
    [{ new_script: "x".repeat(21_000) }, "40.00 to 46.666667"],
    [{ new_script: "x".repeat(900), audio_clip: "https://a.example/a.mp3" }, "unknown"],
    [{ new_script: "  " }, "unknown"],
    [{ timing: "0.25", audio_clip: "https://a.example/a.mp3" }, "unknown"],
    [{ timing: "0.25", audio_clip: null }, "0.50"],
  ])("%j costs %s", (fields, expected) => {
    expect(price(fields)).toBe(expected);
  });
});

test("a job is known by what the list shows of what was sent, the escape hatch included", () => {
  const fields = { prompt: "Tides", language: "es", timing: "2", extra: { prompt: "Waves", video_type: "short" } };
  const traits = golpo.search?.traits({ operation: "generate", with: fields });
  expect(traits).toEqual({ prompt: "Waves", language: "es", video_type: "short" });
});
