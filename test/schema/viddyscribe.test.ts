import { describe, expect, test } from "vitest";
import type { RepoPath } from "../../src/model/unit.ts";
import { notes } from "../../src/schema/viddyscribe.notes.ts";
import { validate } from "../../src/schema/viddyscribe.validate.js";
import { parseDocument } from "../../src/spec/document.ts";
import { checkValue } from "../../src/spec/schema.ts";
import { brief } from "../support/problems.ts";

function problems(text: string): readonly string[] {
  const parsed = parseDocument("videos/tour.yaml" as RepoPath, text);
  if (!parsed.ok) throw new Error(parsed.problems.map(brief).join("; "));
  return checkValue(validate, parsed.value.value, parsed.value).map(brief);
}

const text = "operation: text\ninput: tour.mp4\nformat: vtt\nad_type: standard_ad";
const audio = "operation: audio\ninput: tour.mp4\nformat: json";
const video = "operation: video\ninput: tour.mp4\nformat: srt\nad_type: extended_ad";

describe("a request to ViddyScribe", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of ours
  const output = "${{ steps.generate.video }}";
  const sound: readonly (readonly [string, string])[] = [
    ["text", text],
    ["a sound track", audio],
    ["a sound track that says what it is", `${audio}\nad_type: standard_ad`],
    ["a film", video],
    ["of a film that anybody can fetch", text.replace("tour.mp4", "https://films.example/tour.mp4")],
    ["of a medium that ViddyScribe has", text.replace("tour.mp4", "media:1f6b0c3e-6a53-4d59-9a0e-8c5f0e2b7d11")],
    ["of an earlier step's film", text.replace("tour.mp4", output)],
    [
      "text with all that text takes",
      `${text}\nlanguage: pt-BR\nvideo_category: Tutorial/How-To\ncustom_instructions: short\nread_all_onscreen_text: false`,
    ],
    [
      "a track with all that audio takes",
      `${audio}\nlanguage: en-GB\nvideo_category: News\nvoice: Kore\nauto_fit: false\nallow_descriptions_over_music: false\nvolume_option: auto\naudio_track_type: mixed\ncustom_instructions: ""\ndescription_content: "[]"`,
    ],
    [
      "a film with all that video takes",
      `${video.replace("extended", "standard")}\nlanguage: cmn-CN\nvideo_category: Auto\nvoice: Achernar\nauto_fit: true\nallow_descriptions_over_music: true\nread_all_onscreen_text: true\nvolume_option: auto\ndescription_content: one`,
    ],
    ["fields of a newer version", `${text}\nextra: { auto_fit: true, tempo: 2 }`],
  ];
  test.each(sound)("may be %s", (_name, written) => {
    expect(problems(written)).toEqual([]);
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "nothing",
      "{}",
      [
        "1:1+2 error format is missing: without it ViddyScribe's documents tell three defaults, so nobody knows what is paid for (write format: json, vtt, srt or edl)",
        '1:1+2 error missing "operation"',
        '1:1+2 error missing "input"',
      ],
    ],
    [
      "an operation of no kind",
      text.replace("text", "generate"),
      ['1:12+8 error must be "text", "audio" or "video", not "generate"'],
    ],
    [
      "no ad_type for text",
      text.replace("ad_type: standard_ad", ""),
      [
        "1:1+9 error ad_type is missing: ViddyScribe's default is not certain, and the two make different things (write ad_type: standard_ad, or extended_ad, whose film may grow)",
      ],
    ],
    [
      "no ad_type for video",
      video.replace("ad_type: extended_ad", ""),
      [
        "1:1+9 error ad_type is missing: ViddyScribe's default is not certain, and the two make different things (write ad_type: standard_ad, or extended_ad, whose film may grow)",
      ],
    ],
    [
      "a format that is the film",
      video.replace("srt", "video"),
      [
        '3:9+5 error format is that of the text: json, vtt, srt or edl, not "video" (a film comes of operation: video, whatever the format of its text; "video" as a format stands in an older document only)',
      ],
    ],
    [
      "a format of no kind",
      video.replace("srt", "ass"),
      [
        '3:9+3 error format is that of the text: json, vtt, srt or edl, not "ass" (a film comes of operation: video, whatever the format of its text; "video" as a format stands in an older document only)',
      ],
    ],
    [
      "extended descriptions for a track",
      `${audio}\nad_type: extended_ad`,
      ["4:10+11 error a sound track has standard descriptions only (remove ad_type, or choose operation: video)"],
    ],
    [
      "on-screen text for a track",
      `${audio}\nread_all_onscreen_text: true`,
      ["4:1+22 error read_all_onscreen_text is not taken for audio (remove read_all_onscreen_text)"],
    ],
    [
      "a voice for text",
      `${text}\nvoice: Kore\nvolume_option: auto\nvolume_level_db: -5\ndescription_content: a\nauto_fit: true\nallow_descriptions_over_music: true\naudio_track_type: mixed`,
      [
        "5:1+5 error voice is for a voice, and text is not spoken (remove voice, or choose operation: audio or video)",
        "6:1+13 error volume_option is for a voice, and text is not spoken (remove volume_option, or choose operation: audio or video)",
        "7:1+15 error volume_level_db is for a voice, and text is not spoken (remove volume_level_db, or choose operation: audio or video)",
        "8:1+19 error description_content is for a voice, and text is not spoken (remove description_content, or choose operation: audio or video)",
        "9:1+8 error auto_fit is not documented for text (remove auto_fit, or choose operation: audio or video)",
        "10:1+29 error allow_descriptions_over_music is not documented for text (remove allow_descriptions_over_music, or choose operation: audio or video)",
        "11:1+16 error audio_track_type is for operation: audio only (remove audio_track_type)",
      ],
    ],
    [
      "a kind of track for a film",
      `${video}\naudio_track_type: mixed`,
      ["5:1+16 error audio_track_type is for operation: audio only (remove audio_track_type)"],
    ],
    [
      "auto_fit where there is no need of it",
      `${video}\nauto_fit: true`,
      [
        "5:1+8 error auto_fit belongs to standard_ad: extended_ad makes room instead (remove auto_fit, or choose ad_type: standard_ad)",
      ],
    ],
    [
      "a volume that nothing asks for",
      `${audio}\nvolume_level_db: -3`,
      [
        "4:1+15 warning volume_level_db has no documented effect while volume_option is auto, which it also is unless told",
      ],
    ],
    [
      "values that no document has",
      `${audio}\nvolume_option: manual\nvolume_level_db: -3\naudio_track_type: descriptions`,
      [
        '4:16+6 warning volume_option "manual" is not documented; ViddyScribe may refuse it',
        '6:19+12 warning audio_track_type "descriptions" is not documented; ViddyScribe may refuse it',
      ],
    ],
    [
      "a language by its name",
      `${text}\nlanguage: English (US)`,
      ["5:11+12 error language is written as a tag, such as en-US or pt-BR"],
    ],
    [
      "a language that is not known",
      `${text}\nlanguage: en-US-x\n`,
      ["5:11+7 error language is written as a tag, such as en-US or pt-BR"],
    ],
    [
      "a language nearly known",
      `${text}\nlanguage: es-EA`,
      [
        '5:11+5 warning "es-EA" is not among the languages that ViddyScribe is thought to know; it may refuse it (did you mean "es-ES"?)',
      ],
    ],
    ["a blank voice", `${audio}\nvoice: " "`, ["4:8+3 error voice must not be blank"]],
    [
      "a voice that is not known",
      `${audio}\nvoice: Achenar`,
      [
        '4:8+7 warning "Achenar" is not among the voices that ViddyScribe is thought to have; it may refuse it (did you mean "Achernar"?)',
      ],
    ],
    [
      "a category of no kind",
      `${text}\nvideo_category: Lecture`,
      [
        '5:17+7 error must be "Auto", "Educational Lecture", "Educational Kids", "Government Meeting", "Documentary", "Narrative Story", "Social Media", "Tutorial/How-To", "Vlog", "Commercial/Advertisement", "News", "Entertainment", "Home Video" or "Video Call", not "Lecture"',
      ],
    ],
    [
      "an id of no kind",
      text.replace("tour.mp4", '"media:"'),
      ['2:8+8 error "media:" does not name a medium (write media: and the media_id that ViddyScribe gave)'],
    ],
    [
      "a blank text to speak",
      `${audio}\ndescription_content: " "`,
      ["4:22+3 error description_content must not be blank"],
    ],
    ["no film", "operation: audio\nformat: json\ninput:", ["3:1+5 error must be a text, but nothing is there"]],
  ];
  test.each(table)("with %s is answered in words", (_name, written, expected) => {
    expect(problems(written)).toEqual(expected);
  });

  test("names in its notes the one file that leaves the machine, and changes nothing in place", () => {
    expect(notes.fields.filter(({ asset }) => asset !== undefined)).toEqual([
      { path: ["input"], asset: ["video"], ids: "media:" },
    ]);
    expect(notes.inPlace).toEqual([]);
    expect(notes.maxBytes).toBe(512 * 1024 * 1024);
  });
});
