/** How small a part of a map the news on top of it may be at most: a larger part is copied into one map with it. */
const part = 1 / 8;

/** A map and what it became since. Reads like the whole, and in the order of a copy. */
class Overlay<K, V extends object> implements ReadonlyMap<K, V> {
  readonly base: ReadonlyMap<K, V>;
  readonly news: ReadonlyMap<K, V>;
  readonly size: number;

  constructor(base: ReadonlyMap<K, V>, news: ReadonlyMap<K, V>) {
    this.base = base;
    this.news = news;
    this.size = base.size + [...news.keys()].filter((key) => !base.has(key)).length;
  }

  get(key: K): V | undefined {
    return this.news.get(key) ?? this.base.get(key);
  }

  has(key: K): boolean {
    return this.news.has(key) || this.base.has(key);
  }

  forEach(each: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) each(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.base) yield [key, this.news.get(key) ?? value];
    for (const [key, value] of this.news) if (!this.base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

/** A map with news, as it would be after setting each. The old one stays as it is, and thousands of values are not copied for a few. */
export function withNews<K, V extends object>(
  known: ReadonlyMap<K, V>,
  news: Iterable<readonly [K, V]>,
): ReadonlyMap<K, V> {
  const layers = known instanceof Overlay ? known : { base: known, news: [] };
  const above = new Map<K, V>([...layers.news, ...news]);
  if (above.size <= layers.base.size * part) return new Overlay(layers.base, above);
  const copy = new Map(layers.base);
  for (const [key, value] of above) copy.set(key, value);
  return copy;
}

/** Every value that a map got by news since it was `then`, perhaps with some that it had: all, where nobody can tell. */
export function valuesSince<K, V extends object>(
  now: ReadonlyMap<K, V>,
  then: ReadonlyMap<K, V> | undefined,
): Iterable<V> {
  if (!(now instanceof Overlay)) return now.values();
  const base = then instanceof Overlay ? then.base : then;
  return now.base === base ? now.news.values() : now.values();
}
