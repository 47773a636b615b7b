import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The program that tests start: the sources, by the Node that runs the tests. */
export const main = fileURLToPath(new URL('../../../bots/repl/main.ts', import.meta.url));

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Running {
  process: ChildProcess;
  /** What it has printed so far. */
  said(): { out: string; err: string };
  ended: Promise<Ended>;
}

/** An empty folder, gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts `pql` in a folder, with a home in it. */
export function startPql(
  args: readonly string[],
  folder: string,
  more: { input?: string; env?: Record<string, string>; detached?: boolean } = {},
): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd: folder,
    env: { ...process.env, PQL_HOME: join(folder, 'home'), PQL_EXPORT_ROOT: '', NO_COLOR: '1', ...more.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: more.detached ?? false,
  });
  // A test that fails or times out leaves nothing running.
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(more.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, out, err }));
  });
  return { process: child, said: () => ({ out, err }), ended };
}

export const runPql = (...args: Parameters<typeof startPql>): Promise<Ended> => startPql(...args).ended;

/** The objects of a stream with one a line; throws for a line that is none. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
