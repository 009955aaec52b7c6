import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The compiled validators are JavaScript already, so the TypeScript compiler passes them by. */
for (const name of readdirSync("src/schema").filter((file) => file.endsWith(".validate.js"))) {
  cpSync(join("src/schema", name), join("dist/schema", name));
}
