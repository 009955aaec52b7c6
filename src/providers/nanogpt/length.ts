import type { Facts } from "../../model/provider.ts";
import type { Request } from "../../model/unit.ts";
import { fieldsOf } from "../fields.ts";
import { modelOf, secondsIn } from "./fields.ts";

const whole = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined;

/** How long the video is that a request asks for, where it says so or its model makes no other. */
export function seconds(request: Request, { catalogue }: Facts): number | undefined {
  const { duration, seconds: named, num_frames: frames, frames_per_second: rate } = fieldsOf(request);
  const asked = secondsIn(duration) ?? secondsIn(named);
  if (asked !== undefined) return asked;
  const [shown, each] = [whole(frames), whole(rate)];
  if (shown !== undefined && each !== undefined) return shown / each;
  const [only, ...others] = catalogue.models.get(modelOf(request))?.durations ?? [];
  return others.length === 0 ? only : undefined;
}

/** The shortest and the longest that it may become, in seconds. */
export function span(request: Request, facts: Facts): readonly [number, number] | undefined {
  const known = seconds(request, facts);
  if (known !== undefined) return [known, known];
  const durations = facts.catalogue.models.get(modelOf(request))?.durations ?? [];
  return durations.length === 0 ? undefined : [Math.min(...durations), Math.max(...durations)];
}
