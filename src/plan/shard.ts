import { idOf, type PricedAction, paid } from "../model/plan.ts";

/** One of several runs that share a plan: `2/8` is the second of eight. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Reads `2/8`; undefined for what is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : undefined;
}

/** The video's own name decides, so that every run draws the same lines whatever the others have done meanwhile. */
export const inShard = ({ action }: PricedAction, { index, of }: Shard): boolean =>
  hash(cellOf(idOf(action))) % of === index - 1;

/** All steps of a video's cell stay together: each needs what another made. */
const cellOf = (id: string): string => id.replace(/#.*$/, "");

/** FNV-1a, 32 bits, and a last stir: names that differ by a letter must spread too. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/** A shard's part of a limit: all parts together are the whole. Nobody can do with less than one. */
export function shareOf(limit: number, shard: Shard | undefined): number {
  if (shard === undefined) return limit;
  const { index, of } = shard;
  return Math.max(1, Math.floor(limit / of) + (index <= limit % of ? 1 : 0));
}

/** The shards that are worth a runner: those with something to pay for, and no more than can have a slot each. */
export function shardsOf(actions: readonly PricedAction[], wanted: number, slots: number): readonly Shard[] {
  const begun = actions.filter(({ action }) => paid(action) || action.kind === "resume");
  const of = Math.max(1, Math.min(wanted, slots, begun.length));
  const all = Array.from({ length: of }, (_, at): Shard => ({ index: at + 1, of }));
  return all.filter((shard) => begun.some((action) => inShard(action, shard)));
}
