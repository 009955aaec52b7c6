import { expect, test } from "vitest";
import { gather } from "../../src/journal/gather.ts";
import type { Clock } from "../../src/model/clock.ts";

interface Item {
  readonly name: string;
  readonly urgent: boolean;
  readonly answer: () => void;
  readonly refuse: (reason: unknown) => void;
}

/** A disk that takes everything but what is called "bad". What is called "now!" is urgent. */
function disk(milliseconds = 1_000) {
  const batches: (readonly string[])[] = [];
  const rests: number[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms) => void rests.push(ms),
  };
  const write = async (batch: readonly Item[]): Promise<void> => {
    batches.push(batch.map(({ name }) => name));
    now += milliseconds;
    if (batch.some(({ name }) => name === "bad")) throw new Error("the disk is full");
    for (const { answer } of batch) answer();
  };
  const { add, idle } = gather<Item>(write, { clock, hurry: new AbortController().signal });
  const put = (name: string): Promise<string> =>
    new Promise((resolve, refuse) => add({ name, urgent: name.endsWith("!"), answer: () => resolve(name), refuse }));
  return { batches, rests, put, idle };
}

test("what arrives while a batch is written goes into the next one", async () => {
  const { batches, put, idle } = disk();
  await Promise.all([put("a"), put("b").then(() => Promise.all([put("c"), put("d")]))]);
  await idle();
  expect(batches).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("a batch that cannot be written is told to everyone in it, and holds nobody up who comes later", async () => {
  const { put, idle } = disk();
  const refused = await Promise.allSettled([put("a"), put("bad")]);
  expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await put("b")).toBe("b");
  await idle();
});

test("what waits behind a batch that cannot be written is written all the same", async () => {
  const { put, idle } = disk();
  const bad = put("bad");
  const later = bad.catch(() => put("later"));
  await idle();
  expect(await later).toBe("later");
});

test("a batch of many is followed by a rest that no job of minutes feels, a small one by none", async () => {
  const { rests, put, idle } = disk();
  await Promise.all([put("a"), put("b")]);
  await idle();
  expect(rests).toEqual([]);
  await Promise.all(Array.from({ length: 8 }, (_, index) => put(`${index}`)));
  await idle();
  expect(rests).toEqual([100, 900]);
});

test("a batch of dozens is followed by a longer rest, which comes to an end", async () => {
  for (const [items, rest] of [
    [30, 3_000],
    [100, 6_000],
  ] as const) {
    const { rests, put, idle } = disk(10);
    await Promise.all(Array.from({ length: items }, (_, index) => put(`${index}`)));
    await idle();
    expect(rests).toEqual([10, rest - 10]);
  }
});

test("what comes one by one, and all the time, is written in fewer batches", async () => {
  const { batches, rests, put, idle } = disk();
  await put("a");
  await put("b").then(() =>
    Promise.all(["c", "d", "e"].map((name, turn) => Promise.resolve(turn).then(() => put(name)))),
  );
  await idle();
  expect(rests).toEqual([100, 900, 100, 900]);
  expect(batches).toEqual([["a"], ["b"], ["c", "d", "e"]]);
});

test("a rest is cut short for what is urgent, to as long as the write before it", async () => {
  const calm = disk(100);
  await calm.put("a");
  await calm.put("b").then(() => calm.put("c"));
  await calm.idle();
  expect(calm.rests).toEqual([100, 300, 100, 300]);

  const hasty = disk(100);
  await hasty.put("a");
  await hasty.put("b").then(() => hasty.put("now!"));
  await hasty.idle();
  expect(hasty.rests.slice(0, 2)).toEqual([100, 100]);
});
