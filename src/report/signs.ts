import type { PlannedAction } from "../schema/plan.types.ts";
import type { Outcome } from "../schema/result.types.ts";
import type { Ink } from "./paint.ts";

interface Sign {
  readonly sign: string;
  readonly emoji: string;
  readonly ink: Ink;
  /** "3 to generate" */
  readonly counted: string;
}

/** How each kind of action looks in a terminal and in a comment. */
export const signs = {
  create: { sign: "+", emoji: "➕", ink: "green", counted: "to generate" },
  replace: { sign: "~", emoji: "🔁", ink: "yellow", counted: "to generate" },
  update: { sign: "✎", emoji: "✎", ink: "cyan", counted: "to update" },
  resume: { sign: "»", emoji: "⏳", ink: "blue", counted: "to resume" },
  reuse: { sign: "=", emoji: "♻", ink: "green", counted: "to reuse" },
  move: { sign: "→", emoji: "➜", ink: "cyan", counted: "to move" },
  hold: { sign: "!", emoji: "✋", ink: "red", counted: "on hold" },
  forget: { sign: "-", emoji: "➖", ink: "dim", counted: "to forget" },
  keep: { sign: " ", emoji: "", ink: "dim", counted: "unchanged" },
} as const satisfies Record<PlannedAction["kind"], Sign>;

/** How each outcome looks in a terminal and in a comment. */
export const outcomeSigns = {
  generated: { sign: "✓", emoji: "✅", ink: "green", counted: "generated" },
  updated: { sign: "✓", emoji: "✎", ink: "green", counted: "updated" },
  reused: { sign: "=", emoji: "♻", ink: "green", counted: "reused" },
  moved: { sign: "→", emoji: "➜", ink: "cyan", counted: "moved" },
  forgotten: { sign: "-", emoji: "➖", ink: "dim", counted: "forgotten" },
  running: { sign: "»", emoji: "⏳", ink: "blue", counted: "still running" },
  failed: { sign: "✗", emoji: "❌", ink: "red", counted: "failed" },
  "turned-away": { sign: "✗", emoji: "❌", ink: "red", counted: "turned away" },
  unknown: { sign: "?", emoji: "❓", ink: "magenta", counted: "unknown" },
  held: { sign: "!", emoji: "✋", ink: "yellow", counted: "on hold" },
  "not-begun": { sign: "·", emoji: "⏸", ink: "dim", counted: "not begun" },
  kept: { sign: " ", emoji: "", ink: "dim", counted: "unchanged" },
} as const satisfies Record<Outcome, Sign>;
