/** Things that were opened one after the other, to be closed last to first. (Node 22, which we support, has neither `using` nor
 * AsyncDisposableStack.) */
export interface Opened extends AsyncDisposable {
  /** Adds something to close; returns it. */
  add<T extends AsyncDisposable | Disposable>(thing: T): T;
}

/** Runs `open`, which adds what it opens; when it throws, what was opened is closed again. */
export async function openTogether<T>(open: (opened: Opened) => Promise<T>): Promise<T> {
  const things: (AsyncDisposable | Disposable)[] = [];
  const opened: Opened = {
    add(thing) {
      things.push(thing);
      return thing;
    },
    async [Symbol.asyncDispose]() {
      const errors: unknown[] = [];
      for (let thing = things.pop(); thing !== undefined; thing = things.pop())
        await close(thing).catch((error) => errors.push(error));
      if (errors.length > 0) throw errors[0];
    },
  };
  try {
    return await open(opened);
  } catch (error) {
    await close(opened).catch(() => {});
    throw error;
  }
}

/** Runs `work`, which adds what it opens, and closes all of it at the end, whatever the end is: `await using` for a runtime that
 * cannot parse it yet. */
export async function whileOpen<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  let opened: Opened | undefined;
  const result = await openTogether(async (things) => {
    opened = things;
    return work(things);
  });
  await opened?.[Symbol.asyncDispose]();
  return result;
}

async function close(thing: AsyncDisposable | Disposable): Promise<void> {
  if (Symbol.asyncDispose in thing) await thing[Symbol.asyncDispose]();
  else thing[Symbol.dispose]();
}
