/** How many names a line has room for. */
const most = 10;

/** "tides, winds and 3 more" */
export function inList(names: readonly string[]): string {
  const shown = names.slice(0, most).join(", ");
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}
