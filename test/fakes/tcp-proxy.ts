import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can fall silent. */
export interface Proxy extends AsyncDisposable {
  port: number;
  /** From now on nothing comes through the connections that are there, in either direction, and none is closed: what a cable that was
   * pulled looks like. New ones are not concerned. */
  silence(): void;
  /** The same at the moment when words are sent to the server; null for no more. */
  silenceAt(words: string | null): void;
}

/** Starts a proxy of a port of this machine, or of a socket by its path. */
export async function startProxy(to: number | string): Promise<Proxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const silent = new Set<readonly [Socket, Socket]>();
  let awaited: string | null = null;
  const silence = () => {
    for (const pair of pairs) {
      const [near, far] = pair;
      silent.add(pair);
      near.unpipe();
      far.unpipe();
      near.pause();
      far.pause();
    }
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = typeof to === 'string' ? connect(to) : connect(to, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (chunk) => {
      if (awaited !== null && chunk.includes(awaited)) silence();
    });
    near.pipe(far);
    far.pipe(near);
    for (const socket of pair) socket.on('error', () => {});
    // What ends on one side, by an error too, ends on the other.
    const end = () => {
      if (silent.has(pair)) return;
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.once('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    silence,
    silenceAt(words) {
      awaited = words;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...pairs].flat()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
