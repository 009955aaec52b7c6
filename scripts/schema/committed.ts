import { formatted } from "./formatted.ts";
import { notesOf } from "./notes.ts";
import type { Source } from "./sources.ts";
import { tableOf } from "./table.ts";
import { typesOf } from "./types.ts";
import { declaration } from "./validator.ts";

/** Every generated file that is kept in Git, by its name in `src/schema`. */
export async function committedFiles(sources: readonly Source[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const source of sources) {
    files.set(`${source.name}.types.ts`, await typesOf(source));
    files.set(`${source.name}.validate.d.ts`, declaration);
    if (source.provider) files.set(`${source.name}.notes.ts`, notesOf(source));
  }
  files.set("providers.ts", tableOf(sources.filter((source) => source.provider)));
  return new Map([...files].map(([file, text]) => [file, formatted(file, text)]));
}
