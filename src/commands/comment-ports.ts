import { appendFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CommentPorts } from "./comment.ts";
import type { World } from "./world.ts";

export const commentPorts = (world: World): CommentPorts => ({
  readFile: (path) => readFileSync(resolve(world.cwd, path), "utf8"),
  appendFile: (path, text) => appendFileSync(path, text),
  env: world.env,
  print: world.print,
  warn: world.tell,
});
