import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderReport } from '../../../workers/onnx/probe.ts';
import { probedMachine, rememberedProbe } from '../../../workers/onnx/remembered-probe.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-remembered-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cpu: ProviderReport = { provider: 'cpu', works: true, milliseconds: 3, problem: null };
const broken: ProviderReport = { provider: 'cpu', works: false, milliseconds: null, problem: 'no' };

/** Asks for each machine in turn, and tells how often the probe was made. */
async function probes(file: string, machines: readonly string[], found = [cpu]): Promise<number> {
  let count = 0;
  const probe = async () => {
    count++;
    return found;
  };
  for (const machine of machines) expect(await rememberedProbe({ file, machine, probe })).toEqual(found);
  return count;
}

test('probes once for a machine that stays the same', async () => {
  expect(await probes(join(folder, 'same', 'providers.json'), ['a', 'a', 'a'])).toBe(1);
});

test('probes again when the machine or the runtime has changed', async () => {
  expect(await probes(join(folder, 'changed.json'), ['a', 'b', 'b'])).toBe(2);
});

test('probes again when nothing worked', async () => {
  expect(await probes(join(folder, 'broken.json'), ['a', 'a'], [broken])).toBe(2);
});

test.each([
  ['cut short', '{"machine":"a","repo'],
  ['of something else', '[]'],
  ['null', 'null'],
  ['with an unknown provider', '{"machine":"a","reports":[{"provider":"abacus","works":true}]}'],
])('probes again when the file is %s', async (name, text) => {
  const file = join(folder, `${name}.json`);
  await writeFile(file, text);
  expect(await probes(file, ['a', 'a'])).toBe(1);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ machine: 'a' });
});

test('finds what it can where nothing can be written', async () => {
  const file = join(folder, 'no-folder');
  await writeFile(file, '');
  expect(await probes(join(file, 'providers.json'), ['a', 'a'])).toBe(2);
});

test('tells this machine by the same words each time', async () => {
  expect(await probedMachine()).toBe(await probedMachine());
});
