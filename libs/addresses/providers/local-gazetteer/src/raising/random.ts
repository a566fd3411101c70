/** Numbers that repeat with the same seed on every machine (mulberry32): the town is the same for ever. */
export class SeededRandom {
  #state: number;
  constructor(seed: number) { this.#state = seed >>> 0; }
  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  between(least: number, most: number): number { return least + (most - least) * this.next(); }
  below(count: number): number { return Math.floor(this.next() * count); }
  isLucky(chance: number): boolean { return this.next() < chance; }
  pick<Item>(items: readonly Item[]): Item { return items[this.below(items.length)] as Item; }
  shuffled<Item>(items: readonly Item[]): Item[] {
    const mixed = [...items];
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
    }
    return mixed;
  }
}
