/** The kinds of H.264 units we write, each with the header byte it begins with. */
export const header = { parameters: 0x67, pictureParameters: 0x68, keyframe: 0x65, frame: 0x41 } as const;

/** One H.264 unit: a header byte, and the payload so escaped that no start code can appear in it (7.4.1.1). */
export function nal(kind: keyof typeof header, payload: Uint8Array): Uint8Array {
  const unit = new Uint8Array(1 + Math.ceil(payload.length * 1.5));
  unit[0] = header[kind];
  let length = 1;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      unit[length++] = 3;
      zeros = 0;
    }
    unit[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return unit.slice(0, length);
}
