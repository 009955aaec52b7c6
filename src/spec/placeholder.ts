import type { OutputRole } from "../model/unit.ts";

/** One `${{ … }}` in a text. */
export interface Placeholder {
  /** As it is written, braces and all. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the braces, without the spaces around it; undefined when the braces are never closed. */
  readonly body: string | undefined;
}

/** Every placeholder of a text, from left to right. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (let start = text.indexOf("${{"); start !== -1; ) {
    const close = text.indexOf("}}", start + 3);
    const end = close === -1 ? text.length : close + 2;
    const body = close === -1 ? undefined : text.slice(start + 3, close).trim();
    found.push({ text: text.slice(start, end), start, end, body });
    start = text.indexOf("${{", end);
  }
  return found;
}

/** What a spec may ask of an earlier step. */
export const stepRoles = ["video", "audio", "captions", "script", "lastFrame"] as const satisfies readonly OutputRole[];

export interface StepReference {
  readonly step: string;
  readonly role: OutputRole;
}

/** The step's output that a whole scalar names, once its placeholder was checked. */
export function stepReference(text: string): StepReference | undefined {
  const [, step, role] = /^\$\{\{\s*steps\.([\w-]+)\.(\w+)\s*\}\}$/.exec(text) ?? [];
  const known = stepRoles.find((one) => one === role);
  return step === undefined || known === undefined ? undefined : { step, role: known };
}
