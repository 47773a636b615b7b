import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startChild } from '../../../workers/process/child.ts';

/** A zombie still answers `kill -0`, so look at what the kernel says the process is doing. */
const alive = (pid: number) => existsSync(`/proc/${pid}/exe`);

test('says how a child ended', async () => {
  await expect(startChild('sh', ['-c', 'exit 3']).ended).resolves.toEqual({ code: 3, signal: null });
});

test('rejects when the program cannot be started', async () => {
  const { ended } = startChild('/nowhere/at-all', []);
  const outcome = await ended.then(
    (ending) => ending.code !== 0,
    () => true,
  );
  expect(outcome).toBe(true);
});

test('kills a child that ignores SIGTERM when its signal aborts', async () => {
  const stop = new AbortController();
  const child = startChild('sh', ['-c', 'trap "" TERM; while :; do sleep 0.1; done'], {
    signal: stop.signal,
  });
  await sleep(100);
  stop.abort();
  expect((await child.ended).signal).toBe('SIGKILL');
});

test('does not start work for a signal that is aborted already', async () => {
  const child = startChild('sleep', ['60'], { signal: AbortSignal.abort() });
  expect((await child.ended).signal).toBe('SIGKILL');
});

test.runIf(process.platform === 'linux')(
  'leaves no child behind when the parent is killed with -9',
  async () => {
    const source = `import { startChild } from '${new URL('../../../workers/process/child.ts', import.meta.url).href}';
    const child = startChild('sleep', ['600']); console.log(child.process.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve)));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let round = 0; round < 50 && alive(pid); round++) await sleep(100);
    expect(alive(pid)).toBe(false);
  },
);
