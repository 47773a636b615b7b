import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allMemory, freeMemory } from '../../workers/memory.ts';
import { pressureHere } from '../../workers/pressure.ts';

/** A system whose files say this; others are not there. */
const system = (files: Record<string, string>) => async (file: string) => {
  const text = files[file];
  if (text === undefined) throw new Error(`no ${file}`);
  return text;
};
const machine = { '/proc/meminfo': 'MemTotal: 9 kB\nMemAvailable:    4000000 kB\n' };
const v2 = '/sys/fs/cgroup';
const v1 = '/sys/fs/cgroup/memory';

test.each<[string, Record<string, string>, number | null]>([
  ['nothing is known', {}, null],
  ['the machine alone has a limit', machine, 4_096_000_000],
  [
    'a group has one (version 2), where cached pages count as free',
    {
      ...machine,
      '/proc/self/cgroup': '0::/\n',
      [`${v2}/memory.max`]: '1000000\n',
      [`${v2}/memory.current`]: '900000\n',
      [`${v2}/memory.stat`]: 'anon 5\ninactive_file 300000\n',
    },
    400_000,
  ],
  [
    'a group has none, and the one around it has',
    {
      '/proc/self/cgroup': '0::/system.slice/pql.service\n',
      [`${v2}/system.slice/pql.service/memory.max`]: 'max\n',
      [`${v2}/system.slice/pql.service/memory.current`]: '5\n',
      [`${v2}/system.slice/memory.max`]: '2000\n',
      [`${v2}/system.slice/memory.current`]: '500\n',
    },
    1500,
  ],
  [
    'a group has one (version 1)',
    {
      ...machine,
      '/proc/self/cgroup': '5:cpu:/x\n4:memory:/box\n',
      [`${v1}/box/memory.limit_in_bytes`]: '800000\n',
      [`${v1}/box/memory.usage_in_bytes`]: '700000\n',
      [`${v1}/box/memory.stat`]: 'total_inactive_file 100\n',
      [`${v1}/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${v1}/memory.usage_in_bytes`]: '5\n',
    },
    100_100,
  ],
])('free memory is measured where %s', async (_, files, free) => {
  expect(await freeMemory(system(files))).toBe(free);
});

test('all memory is that of the machine, or of the least control group with a limit', async () => {
  expect(await allMemory(system({}))).toBeNull();
  expect(await allMemory(system(machine))).toBe(9216);
  const group = {
    '/proc/self/cgroup': '0::/\n',
    [`${v2}/memory.max`]: '5000\n',
    [`${v2}/memory.current`]: '4000\n',
  };
  expect(await allMemory(system({ ...machine, ...group }))).toBe(5000);
});

test('says what is scarce, in words, and nothing where nothing is asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pql-pressure-'));
  expect(await pressureHere(folder, { disk: 0, memory: 0 })).toBeNull();
  expect(await pressureHere(folder, { disk: 1e18, memory: 0 })).toMatch(
    /^only .*B of disk are free, and 1000000 TB must be \(workers\.disk\)$/,
  );
  await rm(folder, { recursive: true });
});
