/** What comes first in time is taken first. */
export class Heap<T extends { readonly at: number }> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || parent.at <= item.at) break;
      items[place] = parent;
      place = above;
    }
    items[place] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const item = items.pop();
    if (item === undefined || items.length === 0) return top;
    let place = 0;
    for (;;) {
      const [left, right] = [items[2 * place + 1], items[2 * place + 2]];
      const rightIsFirst = left !== undefined && right !== undefined && right.at < left.at;
      const child = rightIsFirst ? right : left;
      if (child === undefined || child.at >= item.at) break;
      items[place] = child;
      place = 2 * place + (rightIsFirst ? 2 : 1);
    }
    items[place] = item;
    return top;
  }
}
