import type { Style } from "../report/paint.ts";
import type { World } from "./world.ts";

/** How views are to be printed here. The log of a GitHub job obeys commands that it finds in what it prints. */
export const styleOf = ({ terminal, env }: World): Style => ({
  colour: terminal.colour,
  width: terminal.columns,
  target: env.GITHUB_ACTIONS === "true" ? "actions" : "terminal",
});
