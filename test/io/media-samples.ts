/** The first bytes of files of many kinds, as small as still tells them apart. */
export const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
export const jpeg = Buffer.from("ffd8ffe000104a464946", "hex");
export const gif = Buffer.from("GIF89a\x01\0\x01\0", "latin1");
export const webp = Buffer.from("RIFF\x1a\0\0\0WEBPVP8L", "latin1");
export const wav = Buffer.from("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", "latin1");
export const avi = Buffer.from("RIFF\x24\0\0\0AVI LIST", "latin1");
export const mp4 = Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isomiso2", "latin1");
export const mov = Buffer.from("\0\0\0\x14ftypqt  \0\0\x02\0qt  ", "latin1");
export const m4a = Buffer.from("\0\0\0\x18ftypM4A \0\0\x02\0M4A isom", "latin1");
export const avif = Buffer.from("\0\0\0\x1cftypavif\0\0\0\0avifmif1", "latin1");
export const webm = Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "latin1");
export const mkv = Buffer.from("\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska", "latin1");
export const mp3 = Buffer.from("fffb9064000000000000", "hex");
export const tagged = Buffer.from("ID3\x04\0\0\0\0\0\0", "latin1");
export const ogg = Buffer.from("OggS\0\x02\0\0", "latin1");
export const pdf = Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1");
export const docx = zip(["[Content_Types].xml", "_rels/.rels", "word/document.xml"]);
export const pptx = zip(["[Content_Types].xml", "ppt/presentation.xml"]);

/** A ZIP archive of empty files. */
export function zip(names: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), Buffer.alloc(26), Buffer.from(name)]);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), Buffer.alloc(42), Buffer.from(name)]);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local);
    directory.push(entry);
    at += local.length;
  }
  const end = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)]);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
