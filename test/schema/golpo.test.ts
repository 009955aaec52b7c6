import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { notes } from "../../src/schema/golpo.notes.ts";
import { validate } from "../../src/schema/golpo.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { brief } from "../support/problems.ts";

function problems(text: string): readonly string[] {
  const parsed = parseDocument("videos/intro.yaml" as RepoPath, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return checkValue(validate, parsed.value.value, parsed.value).map(brief);
}

describe("a request to Golpo", () => {
  const sound: readonly (readonly [string, string])[] = [
    ["the least there is", "prompt: Tides"],
    ["Sketch", 'prompt: a\nuse_lineart_2_style: "true"\npacing: fast\nuse_color: true\nwhite_bg: false'],
    [
      "Canvas",
      "prompt: a\nuse_2_0_style: true\nimage_style: neon\npen_style: stylus\nshow_pencil_cursor: true\ndisplay_language: es",
    ],
    ["a podcast of two", "prompt: a\nstyle: conversational\npersonality_1: Joe\npersonality_2: Ann\naudio_only: true"],
    [
      "a podcast without a type of video",
      "prompt: a\nstyle: conversational\npersonality_1: Joe\npersonality_2: Ann\nvideo_type: null",
    ],
    [
      "images with all their lists",
      "prompt: a\nuser_images: [a.png, b.png]\nuser_images_descriptions: [a, b]\nuse_as_is: [true, false]\nskip_animation: [false, false]",
    ],
    [
      "clips with their sound",
      "prompt: a\nuser_videos: [a.mp4, b.mp4]\nuser_videos_description: [a, b]\nuser_audio_in_video: [2]",
    ],
    ["fields of a newer version", "prompt: a\nextra: { frame_rate: 60, deep: [{ a: 1 }] }"],
    ["a script that fits", `prompt: a\ntiming: "2"\nnew_script: ${"x".repeat(2100)}`],
    ["a script where Golpo decides on the length", `prompt: a\ntiming: auto\nnew_script: ${"x".repeat(9000)}`],
    [
      "every documented voice and language",
      "prompt: a\nstyle: solo-male-4\nlanguage: mandarin\ntts_model: flash\nbg_music: lofi\nbg_volume: 0.3",
    ],
  ];
  test.each(sound)("may be %s", (_name, text) => {
    expect(problems(text)).toEqual([]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["no prompt", "timing: auto", ['1:1+6 error missing "prompt"']],
    ["a blank prompt", 'prompt: " \\n"', ["1:9+5 error prompt must not be blank"]],
    ["a misspelt prompt", "promt: a", ['1:1+5 error unknown key "promt" (did you mean "prompt"?)']],
    [
      "a field of no kind",
      "prompt: a\nresolution_hint: 4k",
      [
        '2:1+15 error unknown key "resolution_hint" (a field that the provider knows and this schema does not goes under extra)',
      ],
    ],
    [
      "timing as a number",
      "prompt: a\ntiming: 2",
      ['2:9+1 error must be a text, not a number (put it in quotes: "2")'],
    ],
    [
      "timing outside the set",
      'prompt: a\ntiming: "5"',
      ['2:9+3 error must be "0.25", "0.5", "1", "2", "4", "8", "10" or "auto", not "5"'],
    ],
    [
      "the sketch style as a truth",
      "prompt: a\nuse_lineart_2_style: true",
      ['2:22+4 error must be a text, not true or false (put it in quotes: "true")'],
    ],
    [
      "both engines, even with the style that means none",
      'prompt: a\nuse_2_0_style: true\nuse_lineart_2_style: "false"',
      [
        "3:1+19 error use_lineart_2_style chooses a style of Sketch, but use_2_0_style chooses Canvas (remove one of the two; image_style chooses a style of Canvas)",
      ],
    ],
    [
      "pacing with Canvas",
      "prompt: a\npacing: fast\nuse_2_0_style: true",
      ["2:1+6 error pacing works with Sketch only, but use_2_0_style chooses Canvas (remove pacing, or use_2_0_style)"],
    ],
    [
      "Canvas fields with Sketch",
      "prompt: a\nimage_style: neon\ninput_images: [a.png]\nuse_2_0_style: false",
      [
        "2:1+11 error image_style works with Canvas only (add use_2_0_style: true, or remove image_style)",
        "3:1+12 error input_images works with Canvas only (add use_2_0_style: true, or remove input_images)",
      ],
    ],
    [
      "a cursor without a pen",
      "prompt: a\nuse_2_0_style: true\nshow_pencil_cursor: true\npen_style: none",
      ["3:21+4 warning show_pencil_cursor shows nothing without a pen_style (set pen_style to stylus, marker or pen)"],
    ],
    [
      "lists of different lengths",
      "prompt: a\nuser_images: [a.png, b.png]\nuse_as_is: [true]\nuser_videos: [a.mp4]\nuser_videos_description: [a, b]",
      [
        "3:12+6 error must have 2 items, as user_images has, not 1",
        "5:26+6 error must have 1 item, as user_videos has, not 2",
      ],
    ],
    [
      "a list about images that are not there",
      "prompt: a\nskip_animation: [true]",
      ['2:1+14 error "skip_animation" needs "user_images"'],
    ],
    [
      "numbers of clips that are not there",
      "prompt: a\nuser_videos: [a.mp4]\nuser_audio_in_video: [0, 1, 2]",
      [
        "3:23+1 error there is no number 0 in user_videos: it has 1 item",
        "3:29+1 error there is no number 2 in user_videos: it has 1 item",
      ],
    ],
    [
      "a conversation without speakers, in a video",
      "prompt: a\nstyle: conversational\npersonality_1: Joe",
      [
        "2:8+14 error style conversational needs personality_1 and personality_2",
        "2:8+14 error style conversational is for podcasts: of a video Golpo makes solo-female without a word (add audio_only: true, or choose a solo style)",
      ],
    ],
    [
      "a length for a podcast of two, and pictures",
      'prompt: a\nstyle: conversational\npersonality_1: a\npersonality_2: b\naudio_only: true\ntiming: "2"\nuse_color: true',
      [
        "6:1+6 warning Golpo ignores timing in a podcast of two speakers: it gets as long as it gets",
        "7:1+9 warning use_color has no effect when audio_only is true",
      ],
    ],
    [
      "volumes",
      "prompt: a\nbg_volume: 1.2\noutput_volume: 2.5",
      ["2:12+3 warning bg_volume is documented from 0 to 1", "3:16+3 error must be at most 2, not 2.5"],
    ],
    ["a negative volume", "prompt: a\nbg_volume: -0.1", ["2:12+4 error must be at least 0, not -0.1"]],
    [
      "a logo that may not show",
      "prompt: a\nlogo: a.png\ninclude_watermark: false",
      ["3:1+17 warning the logo may not show: Golpo's rules place it only when include_watermark is true"],
    ],
    [
      "a corner for no logo",
      "prompt: a\nlogo_placement: br",
      ["2:1+14 warning logo_placement has no effect without logo"],
    ],
    [
      "a script that is too long",
      `prompt: a\ntiming: "0.5"\nnew_script: ${"x".repeat(526)}`,
      [
        "3:13+526 warning 526 characters are too long for the timing asked for; about 525 fit (Golpo may refuse a script that is longer than timing; shorten it or raise timing)",
      ],
    ],
    [
      "what is not documented",
      "prompt: a\nstyle: professional\nlanguage: spannish",
      [
        '2:8+12 warning style "professional" is not documented; Golpo will choose a voice',
        '3:11+8 warning "spannish" is not among the languages that Golpo names; it may refuse it (did you mean "spanish"?)',
      ],
    ],
    ["the old length", "prompt: a\nlength: 60", ["2:1+6 warning length is deprecated (use timing, in minutes)"]],
    ["nothing behind a key", "prompt: a\nlogo:", ["2:1+4 error must be a text, but nothing is there"]],
  ];
  test.each(table)("with %s is answered in words", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("names in its notes every file that leaves the machine, and what is changed in place", () => {
    const assets = notes.fields.filter(({ asset }) => asset !== undefined).map(({ path }) => path.join("."));
    expect(assets).toEqual(["audio_clip", "upload_urls.*", "input_images.*", "user_images.*", "user_videos.*", "logo"]);
    expect(notes.fields.filter(({ change }) => change !== undefined)).toEqual([
      { path: ["is_public"], change: "in-place", metadata: "visibility" },
    ]);
    expect(notes.inPlace).toEqual(["title", "visibility"]);
  });
});
