import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { openHistory } from '../../../bots/repl/history.ts';

async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-history-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'home', 'history');
}

test('keeps statements of several lines, each once, for the next session', async () => {
  const file = await place();
  const history = await openHistory(file);
  for (const statement of ['SHOW GROUPS', 'STITCH a +\n  b;', 'SHOW GROUPS']) await history.add(statement);
  expect((await openHistory(file)).entries()).toEqual(['STITCH a +\n  b;', 'SHOW GROUPS']);
});

test('is nobody else’s to read', async () => {
  const file = await place();
  await (await openHistory(file)).add('GENERATE "my secret plan"');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('loses nothing when two sessions write at once, also while one of them writes the file anew', async () => {
  const file = await place();
  const [one, two] = [await openHistory(file), await openHistory(file)];
  await one.add('first');
  await appendFile(file, Array.from({ length: 1995 }, (_, n) => `"old ${n}"\n`).join(''));
  await Promise.all(Array.from({ length: 10 }, (_, n) => [one.add(`one ${n}`), two.add(`two ${n}`)]).flat());
  const kept = (await openHistory(file)).entries();
  expect(kept.filter((entry) => /^(?:one|two) /.test(entry))).toHaveLength(20);
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect((await readFile(file, 'utf8')).split('\n').length).toBeLessThan(1100);
});

test('reads over lines that a crash cut short, and does without a folder it cannot write', async () => {
  const file = await place();
  const history = await openHistory(file);
  await history.add('SHOW GROUPS');
  await appendFile(file, '"cut sho');
  expect((await openHistory(file)).entries()).toEqual(['SHOW GROUPS']);
  await history.add('SHOW JOBS');
  expect((await openHistory(file)).entries()).toEqual(['SHOW GROUPS', 'SHOW JOBS']);
  const nowhere = await openHistory(join(file, 'below-a-file', 'history'));
  await nowhere.add('SHOW VIDEOS');
  expect(nowhere.entries()).toEqual(['SHOW VIDEOS']);
});
