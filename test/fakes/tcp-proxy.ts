import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can fall silent. */
export interface Proxy extends AsyncDisposable {
  port: number;
  /** From now on nothing comes through the connections that are there, in either direction, and none is closed: what a cable that was
   * pulled looks like. New ones are not concerned. */
  silence(): void;
}

/** Starts a proxy of a local port. */
export async function startProxy(to: number): Promise<Proxy> {
  const pairs = new Set<Socket[]>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(to, '127.0.0.1');
    const pair = [near, far];
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const socket of pair) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    silence() {
      for (const [near, far] of pairs) {
        near?.unpipe();
        far?.unpipe();
        near?.pause();
        far?.pause();
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...pairs].flat()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
