export type Bytes = Uint8Array | readonly number[];

export const u8 = (value: number): readonly number[] => [value & 255];
export const u16 = (value: number): readonly number[] => [(value >>> 8) & 255, value & 255];
export const u32 = (value: number): readonly number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
export const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));
export const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);

export function join(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A box of the ISO base media format: its size, its four letters, its content. */
export function box(type: string, ...content: readonly Bytes[]): Uint8Array {
  const size = content.reduce((sum, part) => sum + part.length, 8);
  return join([u32(size), ascii(type), ...content]);
}

/** A box that begins with a version, always 0 here, and flags. */
export const fullBox = (type: string, flags: number, ...content: readonly Bytes[]): Uint8Array =>
  box(type, u32(flags), ...content);
