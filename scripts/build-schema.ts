import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { committedFiles } from "./schema/committed.ts";
import { generatedFolder, sources } from "./schema/sources.ts";
import { validatorOf } from "./schema/validator.ts";

for (const [file, text] of await committedFiles(sources())) writeFileSync(join(generatedFolder, file), text);
for (const source of sources())
  writeFileSync(join(generatedFolder, `${source.name}.validate.js`), await validatorOf(source));
