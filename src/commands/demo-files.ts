/** What is on `main` before the story begins. */
export const published: Readonly<Record<string, string>> = {
  "reelform.yaml": `version: 1
defaults:
  golpo: { style: solo-female, include_watermark: false }
budget: { perRun: 25 }
`,
  "videos/policies/holidays.yaml": `title: Your holidays
provider: golpo
with:
  prompt: Everybody at Acme has twenty-five days of holiday, and here is how to ask for them
  timing: "0.25"
`,
  "videos/policies/101.yaml": `# yaml-language-server: $schema=../../schemas/video.schema.json
title: Our policies in fifteen seconds
provider: golpo
with:
  prompt: The three company policies that everybody asks about
  timing: "0.25"
`,
};

/** What the pull request adds, and the two lines that it changes. */
export const proposed: Readonly<Record<string, string>> = {
  "videos/policies/101.yaml": (published["videos/policies/101.yaml"] ?? "").replace(
    "Our policies in fifteen seconds",
    "Company policies in fifteen seconds",
  ),
  "videos/policies/holidays.yaml": (published["videos/policies/holidays.yaml"] ?? "").replace("twenty-five", "thirty"),
  "videos/onboarding/intro.prompt.md": `Welcome a new colleague to Acme.
Say where to find the handbook, whom to ask, and that the coffee is on the third floor.
`,
  "videos/onboarding/intro.yaml": `title: Welcome to Acme
visibility: private
labels: { team: hr }
matrix:
  language: [en, es]
provider: golpo
with:
  prompt: { file: intro.prompt.md }
  language: \${{ matrix.language }}
  timing: "0.5"
budget: { max: 6 }
`,
  "videos/teaser.yaml": `provider: golpo
with:
  prompt: Something new is coming to Acme this spring
  video_type: short
  timing: "0.25"
  use_2_0_style: true
  image_style: neon
`,
};
