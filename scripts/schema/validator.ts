import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { build } from "esbuild";
import { flatten } from "./flatten.ts";
import { annotations, keywords } from "./keywords.ts";
import type { Source } from "./sources.ts";

/** A module that checks values against the schema and needs nothing at run time, not even ajv. */
export async function validatorOf({ name, schema }: Source): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    verbose: true,
    messages: true,
    strict: true,
    strictRequired: false,
    strictTypes: true,
    allowUnionTypes: true,
    unicodeRegExp: true,
    code: { source: true, esm: true, lines: true },
  });
  formats.default(ajv);
  for (const word of annotations) ajv.addKeyword(word);
  for (const keyword of keywords) ajv.addKeyword(keyword);
  ajv.addSchema(flatten(schema), name);
  const code = standaloneCode.default(ajv, { validate: name });
  const bundle = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, sourcefile: `${name}.validate.js` },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minify: true,
    legalComments: "none",
    mainFields: ["module", "main"],
    write: false,
  });
  return bundle.outputFiles.map((file) => file.text).join("");
}

/** What TypeScript may know of that module before it is built. */
export const declaration = `import type { Validate } from "../model/schema.ts";

export declare const validate: Validate;
`;
