import { expect, test } from "vitest";
import { closeRun } from "../../src/commands/close-run.ts";

test("the emulator is closed also where the journal's last news cannot be written", async () => {
  const done: string[] = [];
  const journal = {
    flush: async () => {
      done.push("flush");
      throw new Error("the disk is full");
    },
  };
  const emulator = {
    close: async () => {
      done.push("close");
    },
  };
  await expect(closeRun(journal, emulator, 1_000)).rejects.toThrow("the disk is full");
  expect(done).toEqual(["flush", "close"]);
});
