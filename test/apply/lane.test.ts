import { expect, test } from "vitest";
import { Lane } from "../../src/apply/lane.ts";
import { hastyClock } from "../support/hasty-clock.ts";
import { virtualClock } from "../support/virtual-clock.ts";

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

/** Who was let off so far, of so many that want to be. */
function departures(from: Lane, many: number, stop = patient): { readonly off: number[] } {
  const off: number[] = [];
  for (let index = 0; index < many; index += 1) {
    void from.takeOff(stop).then((free) => {
      if (free) off.push(index);
    });
  }
  return { off };
}

/** Everything that can happen without time has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("submits are let off some at a time, and more of them the more are taken on", async () => {
  const wide = lane(1_000);
  for (let index = 0; index < 40; index += 1) expect(await wide.enter(patient)).toBe(true);
  const { off } = departures(wide, 40);
  await settled();
  const first = off.length;
  expect(first).toBeLessThan(40);
  for (let index = 0; index < 20; index += 1) {
    wide.land();
    wide.accept();
  }
  await settled();
  expect(off.length).toBeGreaterThan(first + 20);
});

test("after a refusal one submit is let off at a time, in the order of their coming", async () => {
  const refused = lane(1_000);
  const { off } = departures(refused, 30);
  await settled();
  const before = off.length;
  refused.refuse(1);
  for (let index = 0; index < before; index += 1) refused.land();
  await expect.poll(() => off.length).toBe(before + 1);
  refused.land();
  await expect.poll(() => off.slice(before)).toEqual([before, before + 1]);
});

test("a full account is tried again when a job of ours has ended", async () => {
  const full = lane(1_000);
  full.occupy();
  full.refuse(0);
  const { off } = departures(full, 1);
  await settled();
  expect(off).toEqual([]);
  full.leave();
  await expect.poll(() => off).toEqual([0]);
});

test("nobody waits for the gate of a closed lane", async () => {
  const { clock, untilAllAreAwake } = virtualClock();
  const closed = new Lane({ slots: 10, submitsPerMinute: 60 }, clock, () => 0.5);
  closed.hold(8 * 60_000);
  const waiting = closed.takeOff(patient);
  await settled();
  closed.close("the credit is used up");
  expect(await waiting).toBe(false);
  expect(clock.monotonic()).toBe(0);
  await untilAllAreAwake();
});

test("nobody is let off any more once the run is stopped, and nobody waits", async () => {
  const stop = new AbortController();
  const stopped = lane(1_000);
  const waiting = Array.from({ length: 30 }, () => stopped.takeOff(stop.signal));
  stop.abort();
  expect((await Promise.all(waiting)).slice(-1)).toEqual([false]);
});
