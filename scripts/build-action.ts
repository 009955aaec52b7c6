import { mkdirSync, writeFileSync } from "node:fs";
import { bundle } from "./action/bundle.ts";

mkdirSync("action/dist", { recursive: true });
writeFileSync("action/dist/index.js", await bundle());
