import { createHash } from "node:crypto";
import type { PricedAction } from "../../src/model/plan.ts";
import type { Digest, RepoPath, SpecId, Unit, UnitId } from "../../src/model/unit.ts";

/** A unit for each prompt, in a spec of its own. */
export function units(prompts: readonly string[]): readonly Unit[] {
  return prompts.map((prompt, index) => {
    const name = `shot-${String(index).padStart(5, "0")}`;
    const spec = `videos/${name}.yaml` as RepoPath;
    const digest: Digest = `sha256:${createHash("sha256").update(prompt).digest("hex")}`;
    return {
      id: name as UnitId,
      specId: name as SpecId,
      spec,
      step: "generate",
      provider: "golpo",
      request: { operation: "generate", with: { prompt, timing: "1" } },
      digest,
      take: 1,
      fields: { prompt: digest.slice(7, 15), timing: "6b86b273" },
      metadata: {},
      labels: {},
      protect: false,
      max: undefined,
      needs: [],
      at: { file: spec, line: 1, column: 1, length: 1 },
    };
  });
}

export const creations = (all: readonly Unit[]): readonly PricedAction[] =>
  all.map((unit) => ({
    action: { kind: "create", unit, because: "new" },
    estimate: { kind: "unknown", because: "measured" },
  }));
