import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { notes } from "../../src/schema/nanogpt.notes.ts";
import { validate } from "../../src/schema/nanogpt.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { brief } from "../support/problems.ts";

function problems(text: string): readonly string[] {
  const parsed = parseDocument("videos/intro.yaml" as RepoPath, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return checkValue(validate, parsed.value.value, parsed.value).map(brief);
}

const both = (a: string, b: string) =>
  `error ${a} and ${b} say the same thing: NanoGPT does not tell which it would take (remove one of the two)`;

describe("a request to NanoGPT", () => {
  const sound: readonly (readonly [string, string])[] = [
    ["the least there is", "model: vidu-video\nprompt: Tides"],
    ["Veo 2", 'model: veo2-video\nprompt: a\nduration: 5s\naspect_ratio: "3:4"'],
    ["Veo 3", "model: veo3-video\nprompt: a\nduration: 8s\ngenerateAudio: true\nenhancePrompt: false"],
    ["Veo 3.1", 'model: veo3-1-video\nprompt: a\nduration: "6"\nresolution: 1080p\nseed: 0'],
    ["Kling", 'model: kling-video-v2\nprompt: a\nduration: "10"\nnegative_prompt: blur\ncfg_scale: 0'],
    ["Kling of an image", 'model: kling-v21-standard\nprompt: a\nimageUrl: a.png\nduration: "5"\naspect_ratio: "16:9"'],
    [
      "Hunyuan",
      'model: hunyuan-video\nprompt: a\npro_mode: true\naspect_ratio: "16:9"\nresolution: 480p\nnum_frames: 65\nnum_inference_steps: 10\nshowExplicitContent: false',
    ],
    [
      "Wan",
      "model: wan-video-image-to-video\nimageDataUrl: a.png\nnum_frames: 100\nframes_per_second: 24\nresolution: 720p\nnum_inference_steps: 40\nseed: '42'",
    ],
    ["Seedance", 'model: seedance-video\nprompt: a\nresolution: 1080p\nduration: "5"\ncamera_fixed: false\nseed: 42'],
    ["Seedance Lite of an image", "model: seedance-lite-video\nprompt: a\nimageUrl: https://a.example/a.jpg"],
    ["Midjourney", "model: midjourney-video\nimageUrl: a.png\nmotion: low"],
    ["Sora in pro mode", 'model: sora-2\nprompt: a\nseconds: "12"\nresolution: 1792x1024\npro_mode: true'],
    ["an extension", "model: veo3-1-extend\nprompt: on\nvideoUrl: clip.mp4"],
    ["an avatar, without a prompt", "model: veed-fabric-1.0\nimageUrl: a.png\naudioUrl: a.mp3\naudioDuration: 3.5"],
    ["a newer model", "model: bytedance/seedance-2.5\nprompt: a\nmode: auto\nduration: 30\ngenerate_audio: true"],
    ["a file that is written out", "model: veo2-video\nprompt: a\nimageDataUrl: data:image/png;base64,QUJD"],
    ["fields of tomorrow", "model: kling-v21-pro\nextra: { imageUrl: x, deep: [1] }"],
  ];
  test.each(sound)("may be %s", (_name, text) => {
    expect(problems(text)).toEqual([]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["no model", "prompt: a", ['1:1+6 error missing "model"']],
    ["no prompt", "model: veo2-video", ["1:1+5 error a video from words needs a prompt"]],
    ["a blank prompt", 'model: veo2-video\nprompt: " "', ["2:9+3 error prompt must not be blank"]],
    ["a misspelt field", "model: x\nprompt: a\npromt: b", ['3:1+5 error unknown key "promt" (did you mean "prompt"?)']],
    [
      "a length of Veo's without its unit",
      "model: veo2-video\nprompt: a\nduration: 5",
      [
        '3:11+1 error veo2-video makes 5 to 30 seconds, written "5s" to "30s" (a number of seconds with an s behind it)',
      ],
    ],
    [
      "a length of Veo's that one document has",
      "model: veo2-video\nprompt: a\nduration: 12s",
      [
        '3:11+3 warning NanoGPT\'s documents differ: veo2-video makes up to 30 seconds by one, up to 8 by the newer ("5s" to "8s" is right by both)',
      ],
    ],
    [
      "a length of Veo 3's that one document has, and a shape that none has",
      'model: veo3-video\nprompt: a\nduration: 5s\naspect_ratio: "21:9"',
      [
        '3:11+2 warning NanoGPT\'s documents differ: Veo 3 makes 8 seconds whatever is asked for by one, 5 to 8 by the newer ("8s" is right by both)',
        '4:15+6 error Veo\'s shapes are 16:9, 9:16, 1:1, 4:3 and 3:4 (did you mean "16:9"?)',
      ],
    ],
    [
      "a length of Kling's as a number, and freedom beyond its scale",
      "model: kling-video-v2\nprompt: a\nduration: 5\ncfg_scale: 1.5",
      [
        '3:11+1 error this Kling makes 5 or 10 seconds, written "5" or "10" (put it in quotes: "5")',
        "4:12+3 error Kling's cfg_scale goes from 0 to 1",
      ],
    ],
    [
      "a scale in words",
      "model: kling-video-v2\nprompt: a\ncfg_scale: x",
      ["3:12+1 error must be a number, not a text"],
    ],
    [
      "no image for a model that needs one",
      "model: kling-v21-standard\nprompt: a",
      [
        "1:8+18 error kling-v21-standard makes a video of an image, and none is given (add imageUrl, with a file or an https address)",
      ],
    ],
    [
      "an image and no prompt for the one that needs both",
      "model: kling-v21-master\nimageUrl: a.png",
      ["1:8+16 error kling-v21-master needs a prompt beside its image"],
    ],
    [
      "Hunyuan outside its ranges",
      'model: hunyuan-video\nprompt: a\nresolution: 540p\nnum_frames: 81\nnum_inference_steps: 5\nduration: "5"',
      [
        '3:13+4 error Hunyuan\'s resolutions are 480p, 720p and 1080p (did you mean "480p"?)',
        "4:13+2 error Hunyuan makes 65, 97 or 129 frames",
        "5:22+1 error Hunyuan takes 10 to 50 steps",
        "6:1+8 warning duration has no effect on Hunyuan (num_frames says how long its video is)",
      ],
    ],
    [
      "Wan outside its ranges",
      'model: wan-video-image-to-video\nimageUrl: a.png\nnum_frames: 101\nframes_per_second: 4\nnum_inference_steps: 41\nresolution: 1080p\naspect_ratio: "16:9"',
      [
        "3:13+3 error Wan makes 81 to 100 frames",
        "4:20+1 error Wan shows 5 to 24 frames a second",
        "5:22+2 error Wan takes 1 to 40 steps",
        '6:13+5 error Wan\'s resolutions are 480p and 720p (did you mean "480p"?)',
        "7:1+12 warning aspect_ratio has no effect on Wan (its shape is that of its image; num_frames and frames_per_second say how long it is)",
      ],
    ],
    [
      "Seedance with an image and a shape",
      'model: seedance-video\nprompt: a\nimageUrl: a.png\naspect_ratio: "16:9"\nduration: "6"\nresolution: 2k',
      [
        "4:1+12 warning Seedance ignores aspect_ratio beside an image: the video has the image's shape",
        '5:11+3 error Seedance makes 5 or 10 seconds, written "5" or "10"',
        "6:13+2 error Seedance's resolutions are 480p and 1080p; by other documents also 720p",
      ],
    ],
    [
      "too much for Seedance Lite",
      "model: seedance-lite-video\nprompt: a\nresolution: 1080p",
      ['3:13+5 error Seedance Lite\'s resolutions are 480p and 720p (did you mean "480p"?)'],
    ],
    [
      "what only others have",
      "model: veo2-video\nprompt: a\ncfg_scale: 0.5\npro_mode: true",
      ["3:1+9 warning cfg_scale has no effect on Veo", "4:1+8 warning pro_mode has no effect on Veo"],
    ],
    [
      "Sora's largest picture without pro mode",
      "model: sora-2\nprompt: a\nresolution: 1792x1024",
      ["3:13+9 error sora-2 makes 1792x1024 in pro mode only (add pro_mode: true, which doubles the price)"],
    ],
    [
      "nothing to extend",
      "model: wan-wavespeed-25-extend",
      [
        "1:8+23 error this model goes on with a clip, and none is given (add videoUrl, with a file or an https address)",
        "1:8+23 error this model needs a prompt beside its clip",
      ],
    ],
    [
      "one file under two names",
      "model: x\nprompt: a\nimageUrl: a.png\nimageDataUrl: b.png\naudioUrl: a.mp3\naudioDataUrl: a.mp3\nvideoUrl: a.mp4\nvideoDataUrl: a.mp4",
      [
        `4:1+12 ${both("imageUrl", "imageDataUrl")}`,
        `6:1+12 ${both("audioUrl", "audioDataUrl")}`,
        `8:1+12 ${both("videoUrl", "videoDataUrl")}`,
      ],
    ],
    [
      "sound under two names",
      "model: x\nprompt: a\ngenerateAudio: true\ngenerate_audio: false",
      [`4:1+14 ${both("generateAudio", "generate_audio")}`],
    ],
    [
      "an image beside that of the library",
      "model: x\nprompt: a\nimageUrl: a.png\nimageAttachmentId: b",
      ["4:1+17 warning imageAttachmentId is not looked at where the file itself is given"],
    ],
    [
      "other names",
      "model: x\nprompt: a\nimage: a.png\npro: true\ncamera_fix: true",
      [
        "3:1+5 error image is another name of imageUrl (write imageUrl)",
        "4:1+3 error pro is another name of pro_mode (write pro_mode)",
        "5:1+10 error camera_fix is another name of camera_fixed (write camera_fixed)",
      ],
    ],
    [
      "a file that is written out and is none",
      "model: x\nprompt: a\nimageDataUrl: data:text/plain;base64,QUJD",
      ["3:15+27 error a data URL here begins data:image/…;base64, and goes on in base64"],
    ],
    [
      "values of no form",
      "model: x\nprompt: a\nmode: t2v\nresolution: big\naspect_ratio: wide\nduration: 5 seconds\nseed: x\nmotion: some\nvoice_speed: 3\nvoice_language: de\nseconds: 4",
      [
        '3:7+3 warning mode "t2v" is not documented; NanoGPT may refuse or ignore it',
        "4:13+3 error a resolution looks like 720p, 1792x1024 or 4k",
        "5:15+4 error an aspect_ratio looks like 16:9, or is auto",
        '6:11+9 error a duration is a number of seconds: "5" or "5s", as the model wants it',
        "7:7+1 error a seed is a whole number",
        '8:9+4 error must be "low" or "high", not "some"',
        "9:14+1 error must be at most 2, not 3",
        '10:17+2 error must be "en" or "zh", not "de"',
        '11:10+1 error must be a text, not a number (put it in quotes: "4")',
      ],
    ],
  ];
  test.each(table)("with %s is answered in words", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("names in its notes every file, and which of them must have an address", () => {
    const files = notes.fields.filter(({ asset }) => asset !== undefined);
    const named = (reach: "url" | undefined) =>
      files.filter((note) => note.reach === reach).map(({ path }) => path.join("."));
    expect(named("url")).toEqual(["last_image", "image_tail", "video"]);
    expect(named(undefined)).toEqual(
      ["imageUrl", "imageDataUrl", "referenceImages.*", "referenceVideos.*"].concat([
        "videoUrl",
        "videoDataUrl",
        "audioUrl",
        "audioDataUrl",
      ]),
    );
    expect(notes.maxBytes).toBe(4 * 1024 * 1024);
    expect(notes.fields.filter(({ change }) => change !== undefined)).toEqual([
      { path: ["conversationUUID"], change: "cosmetic" },
    ]);
  });
});
