import type { Model } from "../model/catalogue.ts";

/** A catalogue as it is kept: sorted, a field a line, so that what a provider changed can be reviewed as a diff. */
export function catalogueJson(asOf: string, models: readonly Model[]): string {
  const sorted = [...models].sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = JSON.stringify({ asOf, models: sorted }, null, 2);
  return `${text.replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_list, items: string) => `[${items.replace(/\s*\n\s*/g, " ")}]`)}\n`;
}
