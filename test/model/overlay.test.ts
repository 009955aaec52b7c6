import fc from "fast-check";
import { expect, test } from "vitest";
import { valuesSince, withNews } from "../../src/model/overlay.ts";

interface Value {
  readonly version: number;
}

const keys = fc.integer({ min: 0, max: 99 });
const news = fc.array(fc.array(keys, { maxLength: 8 }), { maxLength: 12 });
const large = new Map(Array.from({ length: 90 }, (_, key) => [key, { version: 0 }] as const));

/** Every state of a map that hears of news, beside a copy made in the plain way. */
function histories(batches: readonly (readonly number[])[]) {
  const states: [ReadonlyMap<number, Value>, ReadonlyMap<number, Value>][] = [[large, large]];
  for (const [index, batch] of batches.entries()) {
    const changed = batch.map((key) => [key, { version: index + 1 }] as const);
    const [layered, copied] = states.at(-1) ?? [large, large];
    states.push([withNews(layered, changed), new Map([...copied, ...changed])]);
  }
  return states;
}

test("a map with news reads like a copy of it, and the one before stays as it was", () => {
  fc.assert(
    fc.property(news, (batches) => {
      for (const [layered, copied] of histories(batches)) {
        expect([...layered]).toEqual([...copied]);
        expect([[...layered.keys()], [...layered.values()]]).toEqual([[...copied.keys()], [...copied.values()]]);
        expect(layered.size).toBe(copied.size);
        const told: unknown[] = [];
        layered.forEach((value, key, map) => {
          told.push([key, value, map === layered]);
        });
        expect(told).toEqual([...copied].map(([key, value]) => [key, value, true]));
        for (let key = 0; key < 100; key += 1) {
          expect([layered.has(key), layered.get(key)]).toEqual([copied.has(key), copied.get(key)]);
        }
      }
    }),
  );
});

test("whoever reads what came since has read all that there is", () => {
  fc.assert(
    fc.property(news, fc.array(fc.boolean()), (batches, looks) => {
      const read = new Set<Value>();
      let last: ReadonlyMap<number, Value> | undefined;
      for (const [index, [layered]] of histories(batches).entries()) {
        if (looks[index] === false) continue;
        for (const value of valuesSince(layered, last)) read.add(value);
        last = layered;
        for (const value of layered.values()) expect(read).toContain(value);
      }
    }),
  );
});

test("the news of a few are told without reading all", () => {
  const one = withNews(large, [[3, { version: 1 }]]);
  const two = withNews(one, [[4, { version: 2 }]]);
  expect([...valuesSince(two, one)]).toHaveLength(2);
  expect([...valuesSince(two, large)]).toHaveLength(2);
  expect([...valuesSince(two, undefined)]).toHaveLength(90);
});
