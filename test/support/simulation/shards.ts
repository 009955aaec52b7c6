import type { UnitId } from "../../../src/model/unit.ts";
import type { Story } from "./play.ts";

/** Of all shards of one number that planned a video, at most one has it, and exactly one where none of them is missing. */
export function badlyCut({ runs, schedule }: Story): readonly string[] {
  const numbers = new Set(runs.flatMap(({ run: { shard } }) => (shard === undefined ? [] : [shard.of])));
  const cells = new Set(schedule.units.map(({ id }) => cellOf(id)));
  return [...numbers].flatMap((of) =>
    [...cells].flatMap((cell) => {
      const shards = runs.filter(({ run, plan }) => run.shard?.of === of && plan !== undefined);
      const indexes = (some: typeof shards) => new Set(some.map(({ run }) => run.shard?.index));
      const chosen = shards.filter(
        ({ run: { only } }) => only === undefined || [...only].some((id) => cellOf(id) === cell),
      );
      const having = indexes(chosen.filter(({ plan = [] }) => plan.some((id) => cellOf(id) === cell)));
      if (having.size > 1) return [`${cell} is in shards ${[...having].join(" and ")} of ${of}`];
      return having.size === 0 && indexes(chosen).size === of ? [`${cell} is in none of ${of} shards`] : [];
    }),
  );
}

const cellOf = (id: UnitId): string => id.replace(/#.*$/, "");
