/** What came in, in its order, for who waits for it. */
export class Received<Item> {
  private readonly items: Item[] = [];
  private readonly waiting = new Set<() => void>();

  add(item: Item): void {
    this.items.push(item);
    for (const look of this.waiting) look();
  }

  get all(): readonly Item[] {
    return this.items;
  }

  /** The first one that fits, as soon as it is there. */
  first(fits: (item: Item) => boolean): Promise<Item> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.items.find(fits);
        if (found === undefined) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}
