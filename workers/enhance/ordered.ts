/** Works on up to `width` items at the same time and gives the results in the order of the items. What fails ends it at its turn. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Awaited at its turn; until then a failure must not count as unhandled.
    result.catch(() => {});
    running.push(result);
    if (running.length >= width) yield await (running.shift() as Promise<Result>);
  }
  for (const result of running) yield await result;
}
