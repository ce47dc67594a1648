/**
 * Work on what comes in, a bounded number at a time. The next item is asked for only when there is a
 * free place, so a fast source waits for slow work. Ends when all work has.
 */
export const forEachAtOnce = async <T>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const running = new Set<Promise<void>>();
  for await (const item of items) {
    const one: Promise<void> = work(item).finally(() => running.delete(one));
    running.add(one);
    if (running.size >= atOnce) {
      await Promise.race(running);
    }
  }
  await Promise.all(running);
};
