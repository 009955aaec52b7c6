import type { Rendered } from "../api.ts";

/** Renders files when they are asked for, and keeps the last `most` of them for those who ask in parts. */
export function gallery(most: number): (name: string, file: Rendered) => Uint8Array<ArrayBuffer> {
  const hung = new Map<string, Uint8Array<ArrayBuffer>>();
  return (name, file) => {
    const bytes = hung.get(name) ?? file.render();
    hung.delete(name);
    hung.set(name, bytes);
    for (const oldest of hung.keys()) {
      if (hung.size <= most) break;
      hung.delete(oldest);
    }
    return bytes;
  };
}
