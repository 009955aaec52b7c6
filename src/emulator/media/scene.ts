import { byteOf, hue } from "./colour.ts";
import { advance, type Box, character, fill, text } from "./draw.ts";
import { emblem, emblemTiles } from "./emblem.ts";
import { blank, type Picture, tile } from "./picture.ts";
import { wrap } from "./wrap.ts";

/** What a clip shows. The hash decides colours and emblem, so equal requests look equal and others do not. */
export interface Look {
  readonly text: string;
  readonly label: string;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

const margin = tile;
const scale = 2;
const lineHeight = 18;
const dark = { y: 24, u: 128, v: 128 };
const light = 225;
const soft = 180;

/** The part that stays the same: background, label, emblem, and the text. */
export function scene(look: Look): Picture {
  const picture = blank(look.width, look.height);
  background(picture, look.hash);
  const width = Math.floor((look.width - 2 * margin) / advance(scale));
  text(picture, look.label.slice(0, width - 8), margin, margin, scale, soft);
  emblem(picture, look.hash, look.width - margin - emblemTiles * tile, margin);
  const top = (emblemTiles + 2) * tile;
  const room = Math.floor((counterRow(picture) - tile - top) / lineHeight);
  wrap(look.text, width, room).forEach((line, index) => {
    text(picture, line, margin, top + index * lineHeight, scale, light);
  });
  fill(picture, barBox(picture), dark);
  return picture;
}

/** Bands that grow darker downwards; each is one flat colour from edge to edge, which costs next to nothing to code. */
function background(picture: Picture, hash: string): void {
  const width = picture.columns * tile;
  for (let row = 0; row < picture.rows; row++) {
    const band = { x: 0, y: row * tile, width, height: tile };
    fill(picture, band, hue(byteOf(hash, 0), 100 - Math.round((50 * row) / picture.rows), 44));
  }
}

/** What changes while the clip plays: the time, and how many samples of the bar are filled. */
export interface Moment {
  readonly time: string;
  readonly bar: number;
}

/** The moment at which `part` of the clip, from 0 to 1, has been played. */
export const moment = (picture: Picture, time: string, part: number): Moment => ({
  time,
  bar: Math.round((barBox(picture).width * part) / 2) * 2,
});

/** Draws what differs between two moments and nothing else, so that a frame is as small as its news. */
export function pass(picture: Picture, before: Moment, after: Moment): void {
  const bar = barBox(picture);
  fill(picture, { ...bar, x: bar.x + before.bar, width: after.bar - before.bar }, { y: light, u: 128, v: 128 });
  [...after.time].forEach((letter, index) => {
    if (letter !== before.time[index]) counterTile(picture, letter, index);
  });
}

/** Each character of the time has a tile to itself. */
function counterTile(picture: Picture, letter: string, index: number): void {
  const box = { x: margin + index * tile, y: counterRow(picture), width: tile, height: tile };
  fill(picture, box, dark);
  character(picture, letter, box.x + 4, box.y + 2, scale, light);
}

const counterRow = (picture: Picture): number => (Math.floor(picture.height / tile) - 4) * tile;

const barBox = (picture: Picture): Box => ({
  x: margin,
  y: counterRow(picture) + 2 * tile,
  width: (Math.floor(picture.width / tile) - 2) * tile,
  height: tile,
});
