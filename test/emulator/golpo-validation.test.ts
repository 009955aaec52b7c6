import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { emulator, golpo, request } from "./rig.ts";

const image = "https://example.com/a.png";

describe("a generate request", () => {
  test.each<[string, JsonObject, string, string]>([
    ["without a prompt", { prompt: null }, "prompt", "value_error"],
    ["with a blank prompt", { prompt: "  " }, "prompt", "value_error"],
    ["with a number for a prompt", { prompt: 5 }, "prompt", "string_type"],
    ["with a number for minutes", { timing: 2 }, "timing", "string_type"],
    ["with minutes that are not offered", { timing: "5" }, "timing", "enum"],
    ["with an unknown shape", { video_type: "wide" }, "video_type", "enum"],
    ["with an unknown language", { language: "xx" }, "language", "enum"],
    ["with unknown music", { bg_music: "none" }, "bg_music", "enum"],
    ["too loud", { bg_volume: 2.5 }, "bg_volume", "value_error"],
    ["with a volume in words", { output_volume: "1" }, "output_volume", "value_error"],
    ["with a boolean for the sketch style", { use_lineart_2_style: true }, "use_lineart_2_style", "string_type"],
    ["with an unknown sketch style", { use_lineart_2_style: "oil" }, "use_lineart_2_style", "enum"],
    ["with a string for the canvas switch", { use_2_0_style: "true" }, "use_2_0_style", "bool_type"],
    ["with both engines", { use_2_0_style: true, use_lineart_2_style: "false" }, "use_lineart_2_style", "value_error"],
    ["with an unknown canvas style", { use_2_0_style: true, image_style: "sharpie" }, "image_style", "enum"],
    ["with an unknown pen", { use_2_0_style: true, pen_style: "brush" }, "pen_style", "enum"],
    ["with an unknown pace", { pacing: "slow" }, "pacing", "enum"],
    ["with an unknown corner", { logo_placement: "top" }, "logo_placement", "enum"],
    ["with one image that is no list", { user_images: image }, "user_images", "list_type"],
    ["with an image that is no address", { user_images: [5] }, "user_images", "string_type"],
    [
      "with too few descriptions",
      { user_images: [image, image], user_images_descriptions: ["a"] },
      "user_images_descriptions",
      "value_error",
    ],
    ["with too many flags", { user_images: [image], use_as_is: [true, false] }, "use_as_is", "value_error"],
    ["with flags in words", { user_images: [image], skip_animation: ["no"] }, "skip_animation", "bool_type"],
    ["with words for no clip", { user_videos_description: ["a"] }, "user_videos_description", "value_error"],
    ["with the sound of a clip that is not there", { user_audio_in_video: [1] }, "user_audio_in_video", "value_error"],
    ["with half a clip", { user_videos: [image], user_audio_in_video: [0.5] }, "user_audio_in_video", "int_type"],
    ["with a speaker missing", { style: "conversational", personality_1: "Ada" }, "personality_2", "value_error"],
    ["with a script too long", { timing: "0.25", new_script: "x".repeat(263) }, "new_script", "value_error"],
  ])("%s is refused with 422 at its field, and costs nothing", async (_, changes, field, type) => {
    const base = await emulator();
    const reply = await golpo(base).generate(request(changes));
    expect(reply).toMatchObject({ status: 422, body: { message: "Validation error" } });
    expect(reply.body.detail).toEqual([{ loc: ["body", field], msg: expect.any(String), type }]);
    expect(base.ledger()).toMatchObject([{ kind: "refused", status: 422, why: expect.stringContaining(field) }]);
  });

  test.each<[string, JsonObject]>([
    ["with sound in place of a prompt", { prompt: null, audio_clip: "https://example.com/a.mp3" }],
    ["with a script that just fits", { timing: "0.25", new_script: "x".repeat(262) }],
    ["with a script of any length when the time is open", { timing: "auto", new_script: "x".repeat(5000) }],
    ["with a language by its name", { language: "mandarin" }],
    ["with canvas fields under sketch", { image_style: "neon", show_pencil_cursor: true }],
    ["a little too loud", { bg_volume: 1.4 }],
    ["with a narrator of its own", { style: "professional" }],
    ["with fields that nobody knows", { foo: 1 }],
    ["with an unknown text-to-speech model", { tts_model: "turbo" }],
  ])("%s is taken on", async (_, changes) => {
    expect((await golpo(await emulator()).generate(request(changes))).status).toBe(201);
  });

  test("with several mistakes is told of all of them", async () => {
    const { body } = await golpo(await emulator()).generate({ prompt: 1, timing: 2, language: "xx" });
    expect((body.detail as readonly { loc: Json }[]).map(({ loc }) => loc)).toEqual([
      ["body", "prompt"],
      ["body", "language"],
      ["body", "timing"],
    ]);
  });

  test.each([
    ["that is no JSON", "{", "application/json", "json_invalid"],
    ["of another type", "{}", "text/plain", "json_invalid"],
    ["that is a list", "[]", "application/json", "model_attributes_type"],
  ])("%s is refused with 422", async (_, body, type, why) => {
    const base = await emulator();
    const headers = { "x-api-key": "k", "Content-Type": type };
    const reply = await fetch(`${base.url}/golpo/api/v1/videos/generate`, { method: "POST", headers, body });
    expect(reply.status).toBe(422);
    expect(await reply.json()).toMatchObject({ detail: [{ loc: ["body"], type: why }] });
  });
});
