import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDiskArtifacts } from '../../engine/artifacts/disk.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { recordArtifact } from '../../engine/media.ts';
import { openNews } from '../../engine/news.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { askerIn, planOf } from '../fakes/plan.ts';
import { unaccounted } from './accounted.ts';
import { soak } from './soak.ts';
import { unsound } from './sound.ts';

test('a soak of some seconds: after kills and stops everything is accounted for', async () => {
  const lines: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'pql-soak-test-'));
  const report = await soak({
    folder,
    ...{ seconds: 3, seed: 5, gap: 0.8, lease: 1500, pause: 400, long: false },
    kinds: ['worker-killed', 'worker-stopped', 'queue-emptied', 'database-killed'],
    say: (line) => lines.push(line),
  });
  await rm(folder, { recursive: true });
  expect(report.problems).toEqual([]);
  expect(report.faults).toBeGreaterThan(0);
  expect(report.jobs).toBeGreaterThan(0);
  expect(lines.length).toBeGreaterThan(report.faults);
});

test('what is not accounted for is named with its rows', async () => {
  await using store = await openMemoryStore();
  const folder = await mkdtemp(join(tmpdir(), 'pql-soak-test-'));
  const artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
  try {
    const parts = { store, artifacts, queue: inProcessQueue(), news: openNews() };
    expect(await unaccounted(store, [])).toEqual([]);
    const media = toolsOf(await findTools({}));
    expect(await unsound(parts, media)).toEqual([]);

    await submit(parts, planOf({ a: {}, b: { reads: ['a'] } }), askerIn('films'));
    await store.query(
      `update jobs set state = 'failed', failure = '{"code": "PQL600"}' where operation = 'probe' and step = 'b'`,
    );
    expect(await unaccounted(store, ['films g1', 'films g2'])).toEqual([
      'every run has ended, but 1: films/g1 running: j1 probe ready by ',
      'every job has an outcome, but 1: films/g1 j1 probe ready ',
      'what failed says why, and never that the mistake is ours, but 1: films/g1 j2 probe failed {"code": "PQL600"}',
      'what was accepted is there, but 1: films g2',
    ]);

    const put = async (text: string, as: { frames: number } | null) => {
      const file = join(folder, 'file');
      await writeFile(file, text);
      const { hash, bytes } = await artifacts.put(file);
      const facts = {
        kind: 'video',
        container: 'mp4',
        bytes,
        duration: 1,
        width: 2,
        height: 2,
        ...as,
      } as never;
      if (as !== null) await recordArtifact(store, { hash, bytes, kind: 'video', facts });
      return hash;
    };
    const [lost, orphan, noFilm] = [
      await put('lost', { frames: 1 }),
      await put('orphan', null),
      await put('x', { frames: 1 }),
    ];
    await artifacts.remove(lost);
    await store.query(`insert into exports (workspace, path, hash) values ('films', $1, $2)`, [
      join(folder, 'none'),
      lost,
    ]);
    const short = (hash: string) => hash.slice(0, 12);
    expect(await unsound(parts, media)).toEqual([
      `a row has its bytes, but 1: ${short(lost)}`,
      `a file belongs to something, but 1: ${short(orphan)}`,
      expect.stringMatching(new RegExp(`^every film decodes, but ${short(noFilm)} decoding: `)),
      `what TO wrote is there, but ${join(folder, 'none')} is missing`,
    ]);
  } finally {
    await artifacts[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
});
