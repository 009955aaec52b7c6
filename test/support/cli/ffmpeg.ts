import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { folder } from "./folder.ts";

/** As much of a JPEG as tells its size. */
export const jpeg = (width: number, height: number): Buffer =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255],
    ...[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9],
  ]);

/** Writes such a JPEG of the size that is asked for, as ffmpeg is asked: `scale=640:360`. */
export const draws = String.raw`
for word; do case $word in scale=*) size=$word; esac; done
IFS="=:"; set -- $size
bytes() { printf "\\$(printf %o $(($1 / 256)))\\$(printf %o $(($1 % 256)))"; }
printf '\377\330\377\300\000\021\010'; bytes "$3"; bytes "$2"
printf '\003\001\042\000\002\021\001\003\021\001\377\331'`;

/** A machine that has an ffmpeg, which does what the script says. HERE stands for the folder that it lies in. */
export async function machineWith(script: string): Promise<{ readonly place: string; readonly PATH: string }> {
  const place = await folder();
  await writeFile(join(place, "ffmpeg"), `#!/bin/sh\n${script.replaceAll("HERE", place)}\n`);
  await chmod(join(place, "ffmpeg"), 0o755);
  return { place, PATH: `${place}:${process.env.PATH}` };
}
