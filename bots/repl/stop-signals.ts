/** The first and the second signal to end; a third is the system's to deal with. */
export function stopSignals(
  process: NodeJS.Process,
): Disposable & { first: Promise<void>; second: AbortSignal } {
  const first = Promise.withResolvers<void>();
  const second = new AbortController();
  let heard = 0;
  const hear = () => (++heard === 1 ? first.resolve() : second.abort());
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, hear);
  return {
    first: first.promise,
    second: second.signal,
    [Symbol.dispose]() {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, hear);
    },
  };
}
