import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { chromeArgs, pictureIn } from "./chrome.ts";
import { ffmpegArgs } from "./ffmpeg.ts";
import { type Bounds, NoPicture, outputOf } from "./foreign.ts";
import { jpegSize } from "./jpeg.ts";
import type { StillProgram } from "./program.ts";
import { type FilmFile, type Shot, shotOf } from "./shot.ts";

const mostBytes = 100_000;
/** A picture as text is longer by a third, and Chrome prints it with the page around it. Bytes. */
const mostPrinted = 200_000;

export interface Setting extends Omit<Bounds, "most"> {
  /** A folder to be made for the program, and thrown away with all that it leaves there. */
  readonly folder: string;
  /** Where the program finds what it needs of other programs. */
  readonly searchPath: string;
}

/** A JPEG of one frame of a film. What the program gives instead of that is not taken. Throws NoPicture. */
export async function stillOf(film: FilmFile, program: StillProgram, setting: Setting): Promise<Buffer> {
  const shot = shotOf(film);
  await mkdir(setting.folder);
  try {
    const picture = await taken(shot, program, setting);
    const size = picture.length > mostBytes ? undefined : jpegSize(picture);
    const isIt = size?.width === shot.size.width && size.height === shot.size.height;
    if (!isIt) throw new NoPicture("gave no usable picture");
    return picture;
  } catch (error) {
    if (!(error instanceof NoPicture)) throw error;
    throw new NoPicture(`${basename(program.path)} ${error.message}`);
  } finally {
    await rm(setting.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function taken(shot: Shot, { kind, path }: StillProgram, setting: Setting): Promise<Buffer> {
  const { folder, searchPath, deadline, stop } = setting;
  const args = kind === "ffmpeg" ? ffmpegArgs(shot) : await chromeArgs(shot, folder, mostBytes);
  if (args === undefined) throw new NoPicture(`is not asked about ${shot.film.mediaType}`);
  // Chrome's socket has to lie where paths are short.
  const env = { PATH: searchPath, HOME: folder, TMPDIR: tmpdir(), LC_ALL: "C" };
  const printed = await outputOf({ path, args, env, folder }, { deadline, stop, most: mostPrinted });
  return kind === "ffmpeg" ? printed : pictureIn(printed);
}
