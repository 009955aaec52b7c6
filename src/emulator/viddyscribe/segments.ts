import type { JsonObject } from "../../model/json.ts";

/** One description and when it is spoken, in seconds. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** About one description in eight seconds, spread over a film, each as long as it takes to say it. */
export function segments(name: string, seconds: number, instructions: string): readonly Segment[] {
  const count = Math.max(1, Math.min(200, Math.floor(seconds / 8)));
  const step = seconds / count;
  const manner = instructions === "" ? "" : `, told as asked: ${instructions.replace(/\s+/g, " ").slice(0, 60)}`;
  return Array.from({ length: count }, (_, index) => {
    const start = rounded((index + 0.1) * step);
    return {
      start,
      end: rounded(start + Math.min(3, step * 0.6)),
      text: `Scene ${index + 1} of ${count} of ${name}${manner}.`,
    };
  });
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** How much an extended film grows: it stops for two seconds at each description. */
export const growth = (seconds: number): number => 2 * segments("", seconds, "").length;

export const asJson = ({ start, end, text }: Segment): JsonObject => ({ start, end, text });

const two = (number: number): string => String(Math.floor(number)).padStart(2, "0");

/** "00:01:02" and what a format has for parts of a second. */
const clock = (seconds: number, parts: (rest: number) => string): string =>
  `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${parts(seconds % 1)}`;

const milliseconds =
  (mark: string) =>
  (rest: number): string =>
    `${mark}${String(Math.min(999, Math.round(rest * 1000))).padStart(3, "0")}`;

const frames = (rest: number): string => `:${two(rest * 30)}`;

export const asVtt = (all: readonly Segment[]): string =>
  ["WEBVTT\n", ...all.map(({ start, end, text }) => `${span(start, end, ".")}\n${text}\n`)].join("\n");

export const asSrt = (all: readonly Segment[]): string =>
  all.map(({ start, end, text }, index) => `${index + 1}\n${span(start, end, ",")}\n${text}\n`).join("\n");

const span = (start: number, end: number, mark: string): string =>
  `${clock(start, milliseconds(mark))} --> ${clock(end, milliseconds(mark))}`;

/** An edit decision list as CMX 3600 has it, 30 frames a second. */
export const asEdl = (title: string, all: readonly Segment[]): string =>
  [
    `TITLE: ${title}`,
    "FCM: NON-DROP FRAME",
    ...all.map(({ start, end, text }, index) => {
      const [from, to] = [clock(start, frames), clock(end, frames)];
      return `\n${String(index + 1).padStart(3, "0")}  AX       AA    C        ${from} ${to} ${from} ${to}\n* ${text}`;
    }),
    "",
  ].join("\n");
