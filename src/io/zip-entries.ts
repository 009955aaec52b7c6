const endOfDirectory = "PK\x05\x06";
const directoryEntry = "PK\x01\x02";

/** The names in a ZIP archive's own directory; none when the bytes are no archive. */
export function zipEntries(bytes: Buffer): ReadonlySet<string> {
  const names = new Set<string>();
  if (bytes.toString("latin1", 0, 4) !== "PK\x03\x04") return names;
  const end = bytes.lastIndexOf(endOfDirectory, undefined, "latin1");
  if (end === -1 || end + 22 > bytes.length) return names;
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= end && bytes.toString("latin1", at, at + 4) === directoryEntry) {
    const length = bytes.readUInt16LE(at + 28);
    names.add(bytes.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
