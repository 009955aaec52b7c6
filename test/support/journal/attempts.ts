import { createHash } from "node:crypto";
import type { Intent, Runner } from "../../../src/model/journal.ts";
import type { Digest, UnitId } from "../../../src/model/unit.ts";

export const digestNamed = (name: string): Digest => `sha256:${createHash("sha256").update(name).digest("hex")}`;

export const intentFor = (name: string): Intent => ({
  digest: digestNamed(name),
  unit: name as UnitId,
  provider: "golpo",
  estimate: "4.00",
});

export const intentsFor = (names: string, count: number): readonly Intent[] =>
  Array.from({ length: count }, (_, index) => intentFor(`${names}/${index}`));

export const runnerNamed = (run: string, changes: Partial<Runner> = {}): Runner => ({
  run,
  host: "desk 4f0c",
  pid: 4242,
  ...changes,
});
