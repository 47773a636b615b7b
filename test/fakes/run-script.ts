import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A script of the tests running as a process of its own, which prints a line a thing that happened. */
export interface Script extends AsyncDisposable {
  pid: number;
  /** The next line that it prints; throws when it ends without one. */
  line(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit status, or the signal that ended it, and what it wrote to standard error. */
  ended: Promise<{ status: number | string; said: string }>;
}

/** Starts a TypeScript file that stands beside the caller: `runScript(new URL('./x.ts', import.meta.url), …)`. */
export function runScript(
  module: URL,
  args: readonly string[],
  options: { uid?: number; before?: readonly string[] } = {},
): Script {
  const words = [
    ...(options.before ?? []),
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(module),
    ...args,
  ];
  const child = spawn(words[0] as string, words.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close').then(([code, signal]) => ({
    status: (signal ?? code) as number | string,
    said,
  }));
  return {
    pid: child.pid as number,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the script ended without another line; it said: ${(await ended).said}`);
      return value;
    },
    kill: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
