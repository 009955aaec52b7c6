import { expect, test } from "vitest";
import { readFaults } from "../../src/emulator/faults/read.ts";
import type { Json } from "../../src/model/json.ts";

test("rules are taken as they are", () => {
  const rules: Json = [
    { on: "submit", kind: "status", status: 429, retryAfter: 2, nth: 2, times: 3 },
    { on: ["poll", "get"], kind: "slow", milliseconds: 10, provider: "golpo", times: "always" },
    { kind: "fails", message: "no voice", prompt: "tides" },
    { rate: 0.05 },
  ];
  expect(readFaults(rules)).toEqual(rules);
});

test.each<[string, Json, string]>([
  ["no list", { kind: "stuck" }, "faults: expected a list of rules"],
  ["no object", ["stuck"], "faults[0]: expected an object"],
  ["an unknown kind", [{ kind: "explode" }], "faults[0].kind: expected one of status, drop-before"],
  ["no kind", [{ on: "poll" }], "faults[0]: needs a kind, or a rate alone"],
  ["an unknown key", [{ kind: "stuck", foo: 1 }], 'faults[0].foo: no such key for "stuck"'],
  ["a key of another kind", [{ kind: "stuck", status: 500 }], 'faults[0].status: no such key for "stuck"'],
  ["a status missing", [{ kind: "status" }], 'faults[0].status: missing for "status"'],
  [
    "a status that is none",
    [{ kind: "status", status: 42 }],
    "faults[0].status: expected a whole number from 200 to 599, got 42",
  ],
  ["an unknown operation", [{ kind: "hang", on: "pull" }], "faults[0].on: expected one or a list of submit"],
  ["no operation", [{ kind: "hang", on: [] }], "faults[0].on: expected"],
  [
    "an operation out of reach",
    [{ kind: "stuck", on: "poll" }],
    'faults[0].on: "stuck" cannot strike "poll", only submit',
  ],
  ["an unknown provider", [{ kind: "hang", provider: "acme" }], "faults[0].provider: expected one of golpo"],
  ["nth of zero", [{ kind: "hang", nth: 0 }], "faults[0].nth: expected a whole number of at least 1, got 0"],
  [
    "times in words",
    [{ kind: "hang", times: "twice" }],
    'faults[0].times: expected a whole number of at least 1, or "always"',
  ],
  ["a rate over one", [{ rate: 5 }], "faults[0].rate: expected a number from 0 to 1, got 5"],
  ["the second of two", [{ kind: "bare" }, { kind: "slow" }], 'faults[1].milliseconds: missing for "slow"'],
  ["a key of every object", [{ kind: "bare", toString: 1 }], 'faults[0].toString: no such key for "bare"'],
  ["a kind of every object", [{ kind: "constructor" }], "faults[0].kind: expected one of"],
])("%s is refused with its place", (_, rules, message) => {
  expect(() => readFaults(rules)).toThrow(message);
});

test("all mistakes are told at once", () => {
  expect(() => readFaults([{ kind: "explode" }, { kind: "stuck", nth: -1 }])).toThrow(/faults\[0\].*\n.*faults\[1\]/);
});
