/** What is on `main` before the story begins. */
export const published: Readonly<Record<string, string>> = {
  "reelform.yaml": `version: 1
defaults:
  golpo: { style: solo-female, include_watermark: false }
budget: { perRun: 25 }
`,
  "videos/policies/101.yaml": `# yaml-language-server: $schema=../../schemas/video.schema.json
title: Our policies in fifteen seconds
provider: golpo
with:
  prompt: The three company policies that everybody asks about
  timing: "0.25"
`,
};

/** What the pull request adds, and the one line that it changes. */
export const proposed: Readonly<Record<string, string>> = {
  "videos/policies/101.yaml": (published["videos/policies/101.yaml"] ?? "").replace(
    "Our policies in fifteen seconds",
    "Our policies, in fifteen seconds",
  ),
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
