import { expect, test } from "vitest";
import { Lane } from "../../src/apply/lane.ts";
import { hastyClock } from "../support/hasty-clock.ts";

const lane = (slots: number): Lane => new Lane({ slots, submitsPerMinute: 60 }, hastyClock, () => 0.5);
const patient = new AbortController().signal;

test("a slot that becomes free goes to who waited longest", async () => {
  const one = lane(1);
  expect(await one.enter(patient)).toBe(true);
  const order: string[] = [];
  const waiting = ["first", "second"].map(async (name) => {
    await one.enter(patient);
    order.push(name);
    one.leave();
  });
  one.leave();
  await Promise.all(waiting);
  expect(order).toEqual(["first", "second"]);
});

test("who has lost patience is not called when a slot becomes free: the next one is", async () => {
  const one = lane(1);
  expect(await one.enter(patient)).toBe(true);
  const hasty = new AbortController();
  const gone = one.enter(hasty.signal);
  const next = one.enter(patient);
  hasty.abort();
  expect(await gone).toBe(false);
  one.leave();
  expect(await next).toBe(true);
});

test("nobody waits for a slot of a closed lane", async () => {
  const one = lane(1);
  expect(await one.enter(patient)).toBe(true);
  const waiting = [one.enter(patient), one.enter(patient)];
  one.close("the credit is used up");
  expect(await Promise.all(waiting)).toEqual([false, false]);
});

test("jobs that a run leaves behind below an account's limit keep nobody waiting for ever", async () => {
  const one = lane(3);
  const enter = async () => expect(await one.enter(patient)).toBe(true);
  await enter();
  one.began();
  await enter();
  one.refuse(0);
  const waiting = one.enter(patient);
  one.began();
  one.leaveRunning();
  one.leaveRunning();
  expect(await waiting).toBe(true);
});
