/** What a film says of itself. */
export interface Film {
  readonly seconds: number;
}

/** Of films that are not MP4s nothing is read, and neither is what stands at an address. */
export const unmeasured: Film = { seconds: 45.5 };

/** Looks for a video stream. Undefined where there is none: sound, a picture, or nothing that anybody can play. */
export function probe(bytes: Uint8Array): Film | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (head.startsWith("\x1a\x45\xdf\xa3") || (head.startsWith("RIFF") && head.startsWith("AVI ", 8))) return unmeasured;
  if (!head.startsWith("ftyp", 4)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const moov = boxes(view, 0, view.byteLength).find(({ type }) => type === "moov");
  if (moov === undefined) return undefined;
  const inside = boxes(view, moov.from, moov.to);
  const header = inside.find(({ type }) => type === "mvhd");
  const filmed = inside.some((box) => box.type === "trak" && isVideo(view, box));
  const seconds = header === undefined ? 0 : lengthOf(view, header);
  if (!filmed) return undefined;
  return seconds > 0 ? { seconds } : unmeasured;
}

interface Box {
  readonly type: string;
  /** Where the content begins and ends. */
  readonly from: number;
  readonly to: number;
}

const word = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));

/** The boxes that lie side by side in a part of the file, up to the first that cannot be one. */
function boxes(view: DataView, from: number, to: number): readonly Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= to;
    const size = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    const head = isLong ? 16 : 8;
    if (size < head || at + size > to) break;
    found.push({ type: word(view, at + 4), from: at + head, to: at + size });
    at += size;
  }
  return found;
}

function isVideo(view: DataView, trak: Box): boolean {
  const media = boxes(view, trak.from, trak.to).find(({ type }) => type === "mdia");
  const handler = media && boxes(view, media.from, media.to).find(({ type }) => type === "hdlr");
  return handler !== undefined && handler.to - handler.from >= 12 && word(view, handler.from + 8) === "vide";
}

/** Version 1 has times of 64 bits. */
function lengthOf(view: DataView, { from, to }: Box): number {
  const isLong = view.getUint8(from) === 1;
  if (to - from < (isLong ? 32 : 20)) return 0;
  const scale = view.getUint32(from + (isLong ? 20 : 12));
  const duration = isLong ? Number(view.getBigUint64(from + 24)) : view.getUint32(from + 16);
  return scale === 0 ? 0 : Math.round((duration / scale) * 1000) / 1000;
}
