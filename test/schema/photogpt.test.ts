import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { notes } from "../../src/schema/photogpt.notes.ts";
import { validate } from "../../src/schema/photogpt.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { brief } from "../support/problems.ts";

function problems(text: string): readonly string[] {
  const parsed = parseDocument("videos/intro.yaml" as RepoPath, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return checkValue(validate, parsed.value.value, parsed.value).map(brief);
}

/** A request to a model: one line, and then these. */
const to = (model: string, ...lines: readonly string[]): string =>
  [`{ modelID: ${model}, prompt: a`, ...lines].join("\n, ").concat(" }");

const frame = (role: string): string => `{ url: "https://a.example/${role}.png", role: ${role} }`;
const images = (...roles: readonly string[]): string => `referenceImages: [${roles.map(frame).join(", ")}]`;
const videos = (count: number): string =>
  `referenceVideos: [${Array(count).fill('{ url: "https://a.example/a.mp4", role: reference_video }').join(", ")}]`;
const many = (count: number): readonly string[] => Array.from({ length: count }, () => "reference_image");

const whole = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("a request to PhotoGPT", () => {
  const shapes = {
    seedance: ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"],
    grok: ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"],
  };
  const sound: readonly (readonly [string, readonly string[]])[] = [
    [
      "of each model with nothing but a prompt",
      [
        ...["veo-3.1", "veo-3.1-fast", "seedance-1.5-pro", "seedance-2.0"],
        ...["kling-video-standard", "kling-video-pro", "grok-imagine-1.5"],
      ].map((model) => to(model)),
    ],
    ["of Kling motion with something to move", ["standard", "pro"].map((one) => to(`kling-motion-${one}`, videos(1)))],
    [
      "of Veo with every option",
      ["veo-3.1", "veo-3.1-fast"].flatMap((model) =>
        [4, 6, 8].flatMap((duration) =>
          ["16:9", "9:16"].flatMap((shape) =>
            ["720p", "1080p"].map((resolution) =>
              to(
                model,
                "numVideos: 2",
                images("first_frame", "last_frame"),
                'elementIDs: ["e1"]',
                `options: { veo: { duration: ${duration}, aspectRatio: "${shape}", resolution: ${resolution}, enhancePrompt: false, generateAudio: true, negativePrompt: blur, seed: 0 } }`,
              ),
            ),
          ),
        ),
      ),
    ],
    [
      "of Veo with a reference and the one length that goes with it",
      [
        to("veo-3.1", images("reference_image"), "options: { veo: { duration: 8 } }"),
        to("veo-3.1", images("reference_image"), "options: { veo: { seed: 1 } }"),
      ],
    ],
    [
      "of seedance-1.5-pro in every length, its own choice included",
      [-1, ...whole(4, 12)].map((duration) =>
        to("seedance-1.5-pro", images("first_frame"), `options: { seedance: { duration: ${duration} } }`),
      ),
    ],
    [
      "of seedance-2.0 in every length",
      whole(4, 15).map((duration) => to("seedance-2.0", `options: { seedance: { duration: ${duration} } }`)),
    ],
    [
      "of Seedance in every shape and height",
      shapes.seedance.flatMap((ratio) =>
        ["480p", "720p", "1080p"].map((resolution) =>
          to(
            "seedance-2.0",
            `options: { seedance: { ratio: "${ratio}", resolution: ${resolution}, generateAudio: false, returnLastFrame: true, seed: 7 } }`,
          ),
        ),
      ),
    ],
    ["of a draft", [to("seedance-1.5-pro", "options: { seedance: { draftMode: true, resolution: 480p } }")]],
    ["of seedance-2.0 with all it can take", [to("seedance-2.0", images(...many(9), "first_frame"), videos(3))]],
    [
      "of Kling video in every length and shape",
      whole(3, 15).flatMap((duration) =>
        ["16:9", "9:16", "1:1"].map((shape) =>
          to(
            "kling-video-pro",
            `options: { kling: { duration: ${duration}, aspectRatio: "${shape}", generateAudio: true } }`,
          ),
        ),
      ),
    ],
    ["of Kling with four items", [to("kling-video-standard", images(...many(3)), 'elementIDs: ["1"]')]],
    [
      "of Kling motion with its options",
      ["image", "video"].map((one) =>
        to(
          "kling-motion-pro",
          images("reference_image"),
          videos(1),
          'elementIDs: ["1", "2"]',
          `options: { kling: { characterOrientation: ${one}, keepOriginalSound: false } }`,
        ),
      ),
    ],
    [
      "of Grok in every length, shape and height",
      whole(1, 15).flatMap((duration) =>
        shapes.grok.flatMap((shape) =>
          ["480p", "720p"].map((resolution) =>
            to(
              "grok-imagine-1.5",
              `options: { grok: { duration: ${duration}, aspectRatio: "${shape}", resolution: ${resolution} } }`,
            ),
          ),
        ),
      ),
    ],
    ["of what this schema does not know", [to("veo-3.1", "extra: { style: { name: noir } }")]],
  ];
  test.each(sound)("may be one %s", (_name, texts) => {
    expect(texts.flatMap(problems)).toEqual([]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["no model", "prompt: a", ['1:1+6 error missing "modelID"']],
    ["a blank prompt", 'modelID: veo-3.1\nprompt: " "', ["2:9+3 error prompt must not be blank"]],
    [
      "a model that is none",
      "modelID: veo-3\nprompt: a\noptions: { veo: { duration: 4 } }",
      [
        '1:10+5 error must be "veo-3.1", "veo-3.1-fast", "seedance-1.5-pro", "seedance-2.0", "kling-video-standard", "kling-video-pro", "kling-motion-standard", "kling-motion-pro" or "grok-imagine-1.5", not "veo-3" (did you mean "veo-3.1"?)',
      ],
    ],
    [
      "the options of two families",
      to("veo-3.1", "options: { veo: { duration: 4 }, grok: { duration: 4 } }"),
      [
        "2:36+4 error grok holds the options of other models: the Veo models take options.veo alone (remove it, or put what is meant under veo)",
      ],
    ],
    [
      "the options of another family",
      [
        to("seedance-2.0", "options: { veo: {} }"),
        to("kling-motion-pro", videos(1), "options: { grok: {} }"),
        to("grok-imagine-1.5", "options: { kling: {} }"),
      ].join("\n---\n"),
      [
        "2:14+3 error veo holds the options of other models: the Seedance models take options.seedance alone (remove it, or put what is meant under seedance)",
        "3:14+4 error grok holds the options of other models: the Kling models take options.kling alone (remove it, or put what is meant under kling)",
        "2:14+5 error kling holds the options of other models: grok-imagine-1.5 takes options.grok alone (remove it, or put what is meant under grok)",
      ],
    ],
    [
      "options of no family",
      to("veo-3.1", "options: {}"),
      ["2:12+2 error options holds no group: veo, seedance, kling or grok"],
    ],
    [
      "options that are no mapping",
      [
        to("veo-3.1", images("reference_image"), "options: 8"),
        to("veo-3.1", images("reference_image"), "options: { veo: 8 }"),
        to("kling-video-pro", "referenceImages: 1", "elementIDs: [3]", "options: { kling: [1] }"),
        to("seedance-1.5-pro", "referenceImages: [1]", "options: { seedance: { duration: [4], draftMode: 1 } }"),
      ].join("\n---\n"),
      [
        "3:12+1 error must be a mapping, not a number",
        "3:19+1 error must be a mapping, not a number",
        "2:20+1 error must be a list, not a number",
        '3:16+1 error must be a text, not a number (put it in quotes: "3")',
        "4:21+3 error must be a mapping, not a list",
        "2:21+1 error must be a mapping, not a number",
        "3:36+3 error must be a whole number, not a list",
        "3:52+1 error must be true or false, not a number",
      ],
    ],
    [
      "Veo shorter than a reference allows",
      to("veo-3.1-fast", images("reference_image"), "options: { veo: { duration: 6 } }"),
      [
        "3:31+1 error Veo with a reference_image makes videos of 8 seconds only, not 6 (write duration: 8, or leave it out)",
      ],
    ],
    [
      "lengths as texts and beyond the range",
      [
        to("veo-3.1", 'options: { veo: { duration: "8" } }'),
        to("veo-3.1", "options: { veo: { duration: 5 } }"),
        to("seedance-1.5-pro", "options: { seedance: { duration: 13 } }"),
        to("seedance-2.0", "options: { seedance: { duration: -1 } }"),
        to("kling-video-pro", "options: { kling: { duration: 2 } }"),
        to("grok-imagine-1.5", "options: { grok: { duration: 16 } }"),
      ].join("\n---\n"),
      [
        "2:31+3 error must be a whole number, not a text (write it without quotes: 8)",
        "2:31+1 error must be 4, 6 or 8, not 5",
        "2:36+2 error seedance-1.5-pro makes 4 to 12 whole seconds, or -1 for as many as it sees fit, not 13",
        "2:36+2 error seedance-2.0 makes 4 to 15 whole seconds, not -1",
        "2:33+1 error must be at least 3, not 2",
        "2:32+2 error must be at most 15, not 16",
      ],
    ],
    [
      "reference videos where none are taken",
      ["veo-3.1", "seedance-1.5-pro", "grok-imagine-1.5", "kling-video-pro"]
        .map((model) => to(model, videos(1)))
        .join("\n---\n"),
      [
        ...Array(3).fill(
          "2:3+15 error reference videos are for seedance-2.0 and the Kling motion models (remove referenceVideos, or choose another model)",
        ),
        "2:3+15 warning PhotoGPT does not say that the Kling video models take reference videos (the Kling motion models do)",
      ],
    ],
    [
      "elements where none are documented",
      ["seedance-2.0", "grok-imagine-1.5"].map((model) => to(model, 'elementIDs: ["e"]')).join("\n---\n"),
      Array(2).fill("2:3+10 warning PhotoGPT does not say that this model takes elements (the Kling models do)"),
    ],
    [
      "an image that is dropped",
      to("seedance-1.5-pro", images("first_frame", "reference_image")),
      [
        "2:140+15 warning seedance-1.5-pro drops a reference_image without a word: the video is made without it (use seedance-2.0, or give it as first_frame or last_frame)",
      ],
    ],
    [
      "more than seedance-2.0 takes",
      to("seedance-2.0", images(...many(10)), videos(4)),
      [
        "2:3+15 error seedance-2.0 takes at most 9 images with the role reference_image",
        "3:3+15 error seedance-2.0 takes at most 3 reference videos",
      ],
    ],
    [
      "two beginnings and two ends",
      to("veo-3.1", images("first_frame", "first_frame", "last_frame", "last_frame")),
      [
        "2:3+15 error a video has one first_frame, and here are several",
        "2:3+15 error a video has one last_frame, and here are several",
      ],
    ],
    [
      "a draft of another model",
      to("seedance-2.0", "options: { seedance: { draftMode: false } }"),
      ["2:26+9 error only seedance-1.5-pro has a draftMode (remove draftMode, or use seedance-1.5-pro)"],
    ],
    [
      "a draft that is to be large",
      to("seedance-1.5-pro", "options: { seedance: { draftMode: true, resolution: 1080p } }"),
      [
        '2:55+5 warning draftMode makes 480p of it without a word, not "1080p" (remove draftMode, or write resolution: 480p)',
      ],
    ],
    [
      "a shape that images decide",
      [
        to("kling-video-pro", images("first_frame"), 'options: { kling: { aspectRatio: "1:1" } }'),
        to("kling-video-standard", 'elementIDs: ["1"]', 'options: { kling: { aspectRatio: "1:1" } }'),
      ].join("\n---\n"),
      Array(2).fill(
        "3:23+11 warning Kling ignores aspectRatio when there are images or elements: it takes the shape of those (remove aspectRatio)",
      ),
    ],
    [
      "the options of the other Kling",
      [
        to("kling-video-pro", "options: { kling: { keepOriginalSound: true } }"),
        to("kling-motion-pro", videos(1), "options: { kling: { duration: 5 } }"),
      ].join("\n---\n"),
      [
        "2:23+17 error keepOriginalSound is an option of the Kling motion models alone (remove it, or use kling-motion-standard or kling-motion-pro)",
        "3:23+8 error the Kling motion models do not accept duration (remove it, or use kling-video-standard or kling-video-pro)",
      ],
    ],
    [
      "more than Kling takes",
      to("kling-motion-pro", images("reference_image"), videos(2), 'elementIDs: ["1", "2"]'),
      [
        "1:12+16 error Kling takes at most 4 items: elements, reference images and reference videos together (remove some)",
      ],
    ],
    [
      "nothing to move",
      to("kling-motion-standard"),
      [
        "1:12+21 warning a Kling motion model has nothing to move: it works from elements or references (give elementIDs, referenceImages or referenceVideos)",
      ],
    ],
    [
      "what PhotoGPT finds out itself",
      [
        to("veo-3.1", 'referenceImages: [{ url: "https://a.example/a.png", role: first_frame, containsHuman: true }]'),
        to("seedance-2.0", 'referenceVideos: [{ url: "https://a.example/a.mp4", role: reference_video, duration: 3 }]'),
      ].join("\n---\n"),
      [
        "2:74+13 error PhotoGPT finds out for itself whether an image shows a person (remove containsHuman)",
        "2:78+8 error PhotoGPT finds out for itself how long a video lasts (remove duration)",
      ],
    ],
    [
      "references without a role or with one that is none",
      to(
        "veo-3.1",
        'referenceImages: [{ url: "https://a.example/a.png" },\n{ url: "https://a.example/a.png", role: last }]',
      ),
      [
        '2:21+34 error missing "role"',
        '3:41+4 error must be "first_frame", "last_frame" or "reference_image", not "last"',
      ],
    ],
    ["more videos than anybody knows of", to("veo-3.1", "numVideos: 5"), ["2:14+1 error must be at most 4, not 5"]],
    [
      "a seed that the model has not",
      to("grok-imagine-1.5", "options: { grok: { seed: 1 } }"),
      ['2:22+4 error unknown key "seed" (known here: duration, aspectRatio and resolution)'],
    ],
    [
      "a seed that may be refused",
      to("veo-3.1", "options: { veo: { seed: -1 } }"),
      ["2:27+2 warning PhotoGPT names no range for a seed; beyond 0 to 2147483647 a model may refuse it"],
    ],
  ];
  test.each(table)("with %s is answered in words", (_name, texts, expected) => {
    expect(texts.split("\n---\n").flatMap(problems)).toEqual(expected);
  });

  test("names in its notes that references are fetched, and changes nothing in place", () => {
    expect(notes.fields.filter(({ asset }) => asset !== undefined)).toEqual([
      { path: ["referenceImages", "*", "url"], asset: ["image"], reach: "url" },
      { path: ["referenceVideos", "*", "url"], asset: ["video"], reach: "url" },
    ]);
    expect(notes.inPlace).toEqual([]);
  });
});
