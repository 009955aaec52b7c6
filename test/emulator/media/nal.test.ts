import fc from "fast-check";
import { expect, test } from "vitest";
import { nal } from "../../../src/emulator/media/nal.ts";

const payloadOf = (unit: Uint8Array): readonly number[] => {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of unit.subarray(1)) {
    if (zeros >= 2 && byte === 3) zeros = 0;
    else {
      out.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
  }
  return out;
};

test("a unit holds no start code and gives its payload back", () => {
  const bytes = fc.uint8Array({ max: 4, maxLength: 60 });
  fc.assert(
    fc.property(bytes, (payload) => {
      const unit = nal("frame", payload);
      for (let at = 1; at + 2 < unit.length; at++)
        expect(unit[at] === 0 && unit[at + 1] === 0 && (unit[at + 2] ?? 9) <= 2).toBe(false);
      expect(payloadOf(unit)).toEqual([...payload]);
    }),
  );
});
