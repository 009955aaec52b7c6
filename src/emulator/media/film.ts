import { pictureParameters, sequenceParameters } from "./parameters.ts";
import { type Look, type Moment, moment, pass, scene } from "./scene.ts";
import { keyframe, laterFrame } from "./slice.ts";

/** How long one frame is shown, in milliseconds. */
export const frameTime = 250;
/** Frames from one keyframe to the next: 16 seconds, so that a player can seek without decoding everything. */
const keyframeEvery = 64;

export interface Film {
  readonly width: number;
  readonly height: number;
  readonly sequence: Uint8Array;
  readonly picture: Uint8Array;
  readonly frames: readonly Frame[];
}

interface Frame {
  readonly key: boolean;
  readonly data: Uint8Array;
  readonly milliseconds: number;
}

/** Draws and encodes every frame of a clip that lasts exactly `milliseconds`. */
export function film(look: Look, milliseconds: number): Film {
  const picture = scene(look);
  const count = Math.max(1, Math.ceil(milliseconds / frameTime));
  let last: Moment = { time: "", bar: 0 };
  const frames = Array.from({ length: count }, (_, index): Frame => {
    const next = moment(picture, time(index * frameTime, milliseconds), (index + 1) / count);
    pass(picture, last, next);
    last = next;
    const since = index % keyframeEvery;
    const data = since === 0 ? keyframe(picture, (index / keyframeEvery) % 2) : laterFrame(picture, since);
    picture.touched.fill(0);
    return { key: since === 0, data, milliseconds: Math.min(frameTime, milliseconds - index * frameTime) };
  });
  const { width, height } = look;
  return { width, height, sequence: sequenceParameters(picture), picture: pictureParameters(), frames };
}

/** "0:07 / 2:00" */
const time = (at: number, of: number): string => `${clock(at)} / ${clock(of)}`;

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
