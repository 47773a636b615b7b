import { spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../../workers/process/child.ts';
import { runScript } from './run-script.ts';

/** A queue server of our own, in a process of its own; it keeps nothing when it ends. */
export interface QueueServer extends AsyncDisposable {
  url: string;
  port: number;
  /** What serves: `redis-server 7.0.15` when one is installed, else Valkey in WebAssembly. */
  name: string;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  restart(): Promise<void>;
}

/** Starts the installed `redis-server` or `valkey-server`, else the Valkey that a package brings. */
export async function startQueueServer(): Promise<QueueServer> {
  const port = await freePort();
  const installed = ['redis-server', 'valkey-server'].flatMap((program) => {
    const said = spawnSync(program, ['--version'], { encoding: 'utf8' });
    return said.status === 0 ? [{ program, version: /v=(\S+)/.exec(said.stdout)?.[1] ?? '' }] : [];
  })[0];
  const start = async () => {
    const end =
      installed === undefined ? await startPackaged(port) : await startInstalled(installed.program, port);
    await answers(port);
    return end;
  };
  let end = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    name: installed === undefined ? 'Valkey in WebAssembly' : `${installed.program} ${installed.version}`,
    kill: () => end(),
    async restart() {
      await end();
      end = await start();
    },
    [Symbol.asyncDispose]: () => end(),
  };
}

async function startPackaged(port: number): Promise<() => Promise<void>> {
  const script = runScript(new URL('./serve-valkey.ts', import.meta.url), [String(port)]);
  // Behind what the server itself says.
  while ((await script.line()) !== 'ready');
  return async () => script[Symbol.asyncDispose]();
}

async function startInstalled(program: string, port: number): Promise<() => Promise<void>> {
  const words = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    '/',
  ];
  const child = startChild(program, words, { cwd: '/', stdio: 'ignore' });
  return async () => {
    child.process.kill('SIGKILL');
    await child.ended;
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(25);
  }
  throw new Error(`no queue server answers at port ${port}`);
}
