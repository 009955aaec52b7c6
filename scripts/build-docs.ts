import { writeFileSync } from "node:fs";
import { documents } from "./docs/documents.ts";

for (const [path, text] of await documents()) writeFileSync(path, text);
