import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { notes } from "../../src/schema/openrouter.notes.ts";
import { validate } from "../../src/schema/openrouter.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { brief } from "../support/problems.ts";

function problems(text: string): readonly string[] {
  const parsed = parseDocument("videos/waves.yaml" as RepoPath, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return checkValue(validate, parsed.value.value, parsed.value).map(brief);
}

const waves = "model: google/veo-3.1-fast\nprompt: Waves at dusk";
const first = "{ frame_type: first_frame, image_url: { url: ./a.png } }";
const last = "{ type: image_url, frame_type: last_frame, image_url: { url: https://a.example/b.png } }";

describe("a request to OpenRouter", () => {
  const sound: readonly (readonly [string, string])[] = [
    ["the least there is", waves],
    ["a length, a shape and a seed", `${waves}\nduration: 6\nresolution: 4K\naspect_ratio: 9:16\nseed: -1`],
    ["a size", `${waves}\nsize: 1280x720\ngenerate_audio: false`],
    ["a picture to begin with and one to end with, without a prompt", `model: a/b\nframe_images: [${first}, ${last}]`],
    [
      "references of every kind, with their types and without",
      `${waves}\ninput_references:\n  - image_url: { url: a.png }\n  - { type: audio_url, audio_url: { url: https://a.example/a.mp3 } }\n  - { type: video_url, video_url: { url: https://a.example/a.mp4 } }`,
    ],
    [
      "options of the company that serves",
      `${waves}\nprovider: { options: { google-vertex: { parameters: { negativePrompt: text } } } }`,
    ],
    [
      "a film to enlarge",
      "model: a/upscale\ninput_references: [{ video_url: { url: https://a.example/a.mp4 } }]\nupscale_factor: 1.5\ncreativity: 0",
    ],
    ["a job to go on from", `${waves}\nprevious_job_id: gen-vid-1790983457-Q7wE9rT2yU4iO6pA8sD1`],
    [
      "words for the records",
      `${waves}\ncallback_url: https://a.example/hook\nsession_id: s\nuser: u\ntrace: { trace_id: t, team: hr }`,
    ],
    ["fields of a newer version", "model: a/b\nextra: { prompt: x, fps: 60 }"],
  ];
  test.each(sound)("may be %s", (_name, text) => {
    expect(problems(text)).toEqual([]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "nothing",
      "{}",
      [
        "1:1+2 error without a picture or a film to go by, a prompt is needed (add prompt, or frame_images)",
        '1:1+2 error missing "model"',
      ],
    ],
    [
      "a model without its maker",
      "model: veo-3.1\nprompt: x",
      ["1:8+7 error a model is written maker/name, as google/veo-3.1"],
    ],
    ["a blank prompt", 'model: a/b\nprompt: " "', ["2:9+3 error prompt must not be blank"]],
    ["half a second", `${waves}\nduration: 0.5`, ["3:11+3 error must be a whole number, not 0.5"]],
    ["no seconds", `${waves}\nduration: 0`, ["3:11+1 error must be at least 1, not 0"]],
    [
      "a length in quotes",
      `${waves}\nduration: "6"`,
      ["3:11+3 error must be a whole number, not a text (write it without quotes: 6)"],
    ],
    [
      "a resolution in another case",
      `${waves}\nresolution: 1080P`,
      [
        '3:13+5 error must be "360p", "480p", "720p", "768p", "1080p", "1K", "2K" or "4K", not "1080P" (did you mean "1080p"?)',
      ],
    ],
    [
      "a ratio that nobody has",
      `${waves}\naspect_ratio: 5:4`,
      [
        '3:15+3 error must be "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9" or "9:21", not "5:4" (did you mean "3:4"?)',
      ],
    ],
    ["a size with blanks", `${waves}\nsize: 1280 x 720`, ["3:7+10 error a size is written WIDTHxHEIGHT, as 1280x720"]],
    [
      "a shape in two ways",
      `${waves}\nsize: 1280x720\nresolution: 720p\naspect_ratio: 16:9`,
      [
        "4:1+10 error resolution is in size already (write size, or resolution and aspect_ratio)",
        "5:1+12 error aspect_ratio is in size already (write size, or resolution and aspect_ratio)",
      ],
    ],
    ["two beginnings", `${waves}\nframe_images: [${first}, ${first}]`, ["3:15+116 error a video has one first_frame"]],
    [
      "a picture that stands nowhere",
      `${waves}\nframe_images: [{ image_url: { url: a.png } }]`,
      ['3:16+29 error missing "frame_type"'],
    ],
    [
      "a bare path where the API has an object",
      `${waves}\nframe_images: [{ frame_type: first_frame, image_url: a.png }]`,
      ['3:54+5 error must be a mapping with url, not "a.png" (write { url: "a.png" })'],
    ],
    [
      "frames and references",
      `${waves}\nframe_images: [${first}]\ninput_references: [{ image_url: { url: a.png } }]`,
      ["4:1+16 warning OpenRouter ignores input_references where there are frame_images (keep one of the two)"],
    ],
    [
      "a reference to two things",
      `${waves}\ninput_references: [{ image_url: { url: a.png }, audio_url: { url: https://a.example/a.mp3 } }]`,
      ["3:20+74 error a reference is one of image_url, audio_url and video_url"],
    ],
    [
      "a reference to nothing",
      `${waves}\ninput_references: [{ type: image_url }]`,
      ["3:20+19 error a reference is one of image_url, audio_url and video_url"],
    ],
    [
      "a reference of another type",
      `${waves}\ninput_references: [{ type: video_url, image_url: { url: a.png } }]`,
      ["3:28+9 error the type of a reference with image_url is image_url (leave type out)"],
    ],
    [
      "options in the wrong place",
      `${waves}\nprovider: { google-vertex: {} }`,
      ['3:1+8 error missing "options"', '3:13+13 error unknown key "google-vertex" (known here: options)'],
    ],
    ["no enlargement at all", `${waves}\nupscale_factor: 0`, ["3:17+1 error must be more than 0, not 0"]],
    [
      "a job by another name",
      `${waves}\nprevious_job_id: job-abc123`,
      [
        "3:18+10 error the id of a job is written as gen-vid-1790983457-Q7wE9rT2yU4iO6pA8sD1 (it stands in the lockfile of the earlier video, as job.id)",
      ],
    ],
    [
      "an open callback",
      `${waves}\ncallback_url: http://a.example/hook`,
      ["3:15+21 error callback_url must begin with https://"],
    ],
    [
      "a session that goes on too long",
      `${waves}\nsession_id: ${"x".repeat(257)}`,
      ["3:13+257 error must have at most 256 characters"],
    ],
    [
      "a number of videos, which OpenRouter does not know",
      `${waves}\nn: 2`,
      ['3:1+1 error unknown key "n" (a field that the provider knows and this schema does not goes under extra)'],
    ],
  ];
  test.each(table)("with %s is answered in words", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("names in its notes what travels inside the request and what must be public, and what no video depends on", () => {
    const assets = notes.fields.flatMap(({ path, asset, reach }) =>
      asset === undefined ? [] : [[path.join("."), ...asset, ...(reach === undefined ? [] : [reach])]],
    );
    expect(assets).toEqual([
      ["frame_images.*.image_url.url", "image"],
      ["input_references.*.image_url.url", "image"],
      ["input_references.*.audio_url.url", "audio", "url"],
      ["input_references.*.video_url.url", "video", "url"],
    ]);
    const cosmetic = notes.fields.filter(({ change }) => change === "cosmetic").map(({ path }) => path.join("."));
    expect(cosmetic).toEqual(["callback_url", "session_id", "user", "trace"]);
    expect(notes.inPlace).toEqual([]);
  });
});
