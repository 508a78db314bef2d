/** Something that comes after others. */
interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

/**
 * Everything after what it waits for, otherwise in its own order.
 * @throws Error for a circle, and for what waits for something that is not there
 */
export function inOrder<Item extends Ordered>(items: readonly Item[]): readonly Item[] {
  const done: Item[] = [];
  while (done.length < items.length) {
    const next = items.find((item) => !done.includes(item) && item.after.every((id) => done.some((other) => other.id === id)));
    if (next === undefined) {
      const waiting = items.filter((item) => !done.includes(item)).map(({ id }) => id);
      throw new Error(`${waiting.join(", ")} wait for each other, or for what is not there`);
    }
    done.push(next);
  }
  return done;
}
