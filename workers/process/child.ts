import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';

/** How a child ended; `signal` is set when it was killed. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  process: ChildProcess;
  /** Settles when the child is gone and its pipes are closed; rejects only when it could not be started. */
  ended: Promise<Ending>;
}

/** Starts a program that dies with us, whatever way we die, and is killed at once when `signal` aborts.
 *
 * SIGKILL, never SIGTERM: ffmpeg answers SIGTERM by finishing a valid but truncated file. Dying with us needs Linux's
 * PR_SET_PDEATHSIG, which `setpriv` (util-linux) sets and keeps through exec; elsewhere children end when their pipes break. */
export function startChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { signal?: AbortSignal } = {},
): Child {
  const { signal, ...rest } = options;
  const [file, ...argv] = [...deathBound(), command, ...args] as [string, ...string[]];
  const child = spawn(file, argv, { stdio: ['ignore', 'pipe', 'pipe'], ...rest });
  const kill = () => child.kill('SIGKILL');
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve({ code, signal: killedBy }));
  }).finally(() => signal?.removeEventListener('abort', kill));
  // Whoever awaits `ended` learns of it; a child that nobody awaits yet must not take the process down.
  ended.catch(() => {});
  if (signal?.aborted) kill();
  else signal?.addEventListener('abort', kill, { once: true });
  return { process: child, ended };
}

/** Starts one of our own modules as a Node child with an IPC channel (`process.send`, structured clones), dying with us as above.
 * `module` is given as `new URL('./network', import.meta.url)`, without extension: `.ts` in a checkout, `.js` in the built package. */
export function startModule(
  module: URL,
  args: readonly string[] = [],
  options: SpawnOptions & { signal?: AbortSignal } = {},
): Child {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const file = new URL(module.href + extension);
  const flags = ['--disable-warning=ExperimentalWarning'];
  return startChild(process.execPath, [...flags, file.pathname, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    ...options,
  });
}

let setpriv: boolean | undefined;

/** The words that go before a command so that the kernel kills it when its parent dies; none where that cannot be had. */
function deathBound(): string[] {
  setpriv ??= process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0;
  return setpriv ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
}
