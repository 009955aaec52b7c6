import type { Shot } from "./shot.ts";

/** What the bytes said the file is; ffmpeg is not left to guess, since a guess may be a list of other files to open. */
const containers: Readonly<Record<string, string>> = {
  "video/mp4": "mov",
  "video/quicktime": "mov",
  "video/webm": "matroska",
};

/** No single piece of memory that a file asks for may be larger. Bytes. */
const largestPiece = 256 * 2 ** 20;

/** How ffmpeg writes one frame to its output. It opens the file and nothing else. Undefined for a file it is not given. */
export function ffmpegArgs({ film, at, size }: Shot): readonly string[] | undefined {
  const container = containers[film.mediaType];
  if (container === undefined) return undefined;
  return [
    ...["-nostdin", "-hide_banner", "-loglevel", "quiet", "-max_alloc", String(largestPiece)],
    ...["-threads", "2", "-protocol_whitelist", "file", "-f", container, "-ss", String(at), "-i", `file:${film.path}`],
    ...["-map", "0:v:0", "-frames:v", "1", "-vf", `scale=${size.width}:${size.height}`, "-q:v", "5"],
    ...["-f", "mjpeg", "pipe:1"],
  ];
}
