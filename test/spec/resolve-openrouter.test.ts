import { expect, test } from "vitest";
import { openrouter } from "../../src/providers/openrouter/openrouter.ts";
import { resolveAll } from "../../src/spec/resolve-all.ts";
import { loadValidators } from "../../src/spec/validators.ts";
import { listedFacts } from "../providers/openrouter-catalogue.ts";
import { inputsOf, projectOf, settledValue, specOf, told } from "./world.ts";

const { providers: rules } = await loadValidators(["openrouter"]);

const inputs = inputsOf({ "videos/launch/first.png": "png", "videos/launch/clip.mp4": "mp4" });

const resolved = (fields: string) =>
  resolveAll([specOf(`provider: openrouter\nwith:\n${fields}`, "videos/launch/waves.yaml")], projectOf("version: 1"), {
    inputs,
    rules,
    remarks: (_provider, request) => openrouter.remarks?.(request, listedFacts) ?? [],
    takeOf: () => 1,
  });

const wrong = (checked: ReturnType<typeof resolved>): readonly string[] =>
  checked.ok ? [] : checked.problems.map(told);

const waves = "  model: google/veo-3.1-fast\n  prompt: Waves\n  duration: 6\n";

test("a picture stands where its address does", () => {
  const frames = "  frame_images: [{ frame_type: first_frame, image_url: { url: first.png } }]\n";
  const [unit] = settledValue(resolved(waves + frames));
  expect(unit?.request).toEqual({
    operation: "generate",
    with: {
      model: "google/veo-3.1-fast",
      prompt: "Waves",
      duration: 6,
      frame_images: [
        {
          frame_type: "first_frame",
          image_url: { url: expect.objectContaining({ asset: "videos/launch/first.png", mediaType: "image/png" }) },
        },
      ],
    },
  });
});

test("a film that nobody else can fetch is a mistake, at its place", () => {
  expect(wrong(resolved(`${waves}  input_references: [{ video_url: { url: clip.mp4 } }]\n`))).toEqual([
    expect.stringContaining("the provider fetches this itself, so a local file is out of its reach"),
  ]);
});

test("what the model does not take is a mistake, at its place", () => {
  expect(wrong(resolved(waves.replace("6", "5")))).toEqual([
    expect.stringContaining("google/veo-3.1-fast does not take duration 5; it takes 4, 6 or 8 seconds"),
  ]);
});

test("words for the records are sent, and ask for no other video", () => {
  const words = "  callback_url: https://hooks.example/a\n  session_id: s\n  user: u\n  trace: { team: hr }\n";
  const [plain] = settledValue(resolved(waves));
  const [worded] = settledValue(resolved(waves + words));
  expect(worded?.request.with).toMatchObject({ callback_url: "https://hooks.example/a", trace: { team: "hr" } });
  expect(worded?.digest).toBe(plain?.digest);
  expect(worded?.fields).toEqual(plain?.fields);
});
