import type { ProviderName } from "../model/unit.ts";

/** A list of a matrix: one video for each value. */
export interface List {
  readonly name: string;
  readonly values: readonly string[];
}

interface Sample {
  /** Lists of these names are for the field of the same name; the others stand in the prompt. */
  readonly fields: readonly string[];
  readonly lines: (prompt: string, lists: readonly string[]) => readonly string[];
}

/** The least that makes a short video at each provider. */
const samples: Partial<Readonly<Record<ProviderName, Sample>>> = {
  golpo: {
    fields: ["language", "style"],
    lines: (prompt, lists) => [
      "provider: golpo",
      "with:",
      `  prompt: ${prompt}`,
      '  timing: "0.25"                  # minutes',
      ...lists,
    ],
  },
  viddyscribe: {
    fields: ["language"],
    lines: (prompt, lists) => [
      "steps:",
      "  film:",
      "    provider: golpo",
      "    with:",
      `      prompt: ${prompt}`,
      '      timing: "0.25"              # minutes',
      "  describe:                       # what happens in the film, for who cannot see it",
      "    provider: viddyscribe",
      "    with:",
      "      operation: text",
      "      format: vtt",
      "      ad_type: standard_ad",
      `      input: ${filled("steps.film.video")}`,
      ...lists.map((line) => `    ${line}`),
    ],
  },
  nanogpt: {
    fields: ["aspect_ratio", "resolution"],
    lines: (prompt, lists) => [
      "provider: nanogpt",
      "with:",
      "  model: seedance-lite-video",
      `  prompt: ${prompt}`,
      '  duration: "5"                   # seconds',
      ...lists,
    ],
  },
  photogpt: {
    fields: [],
    lines: (prompt) => ["provider: photogpt", "with:", "  modelID: veo-3.1-fast", `  prompt: ${prompt}`],
  },
  openrouter: {
    fields: ["aspect_ratio", "resolution"],
    lines: (prompt, lists) => [
      "provider: openrouter",
      "with:",
      "  model: google/veo-3.1-fast",
      `  prompt: ${prompt}`,
      "  duration: 4                     # seconds",
      ...lists,
    ],
  },
};

const plain = (provider: ProviderName): Sample => ({
  fields: [],
  lines: (prompt) => [`provider: ${provider}`, "with:", `  prompt: ${prompt}`],
});

/** The text of a new spec, to be filled in. */
export function skeleton(provider: ProviderName, matrix: readonly List[], version: string): string {
  const { fields, lines } = samples[provider] ?? plain(provider);
  const own = matrix.filter(({ name }) => fields.includes(name)).map(({ name }) => name);
  const said = matrix.filter(({ name }) => !fields.includes(name)).map(({ name }) => filled(`matrix.${name}`));
  const about = said.length === 0 ? "" : ` (${said.join(", ")})`;
  return [
    modeline("video", version),
    ...(matrix.length === 0 ? [] : ["matrix:", ...matrix.map(({ name, values }) => `  ${name}: ${listed(values)}`)]),
    ...lines(
      `Say here what the video shows, and to whom${about}`,
      own.map((name) => `  ${name}: ${filled(`matrix.${name}`)}`),
    ),
    "",
  ].join("\n");
}

/** The text of a new project file. What is kept for good on a runner needs a place of its own. */
export const projectSkeleton = (inCi: boolean, version: string): string =>
  [
    modeline("project", version),
    "version: 1",
    ...(inCi
      ? ["store: { to: github-release }     # a release a month; without this, in out/, which stays on its disk"]
      : []),
    "budget: { perRun: 10, perMonth: 50 }   # US dollars: a plan that may cost more is refused",
    "",
  ].join("\n");

/** What makes an editor check and complete the file. */
const modeline = (schema: string, version: string): string =>
  `# yaml-language-server: $schema=https://raw.githubusercontent.com/reelform/reelform/v${version}/schemas/${schema}.schema.json`;

const filled = (name: string): string => `\${{ ${name} }}`;

const listed = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
