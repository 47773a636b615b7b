import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { queryRows } from '../../../engine/query/query-rows.ts';
import { pipelines, videos } from '../../../engine/search/places.ts';
import { search } from '../../../engine/search/search.ts';
import { openPglite } from '../../../engine/store/pglite.ts';
import type { Store } from '../../../engine/store/port.ts';
import { emptyDatabase } from '../../fakes/database.ts';

let store: Store;
beforeAll(async () => {
  store = await openPglite({ folder: null, template: await emptyDatabase() });
});
afterAll(() => store?.[Symbol.asyncDispose]());

test('what was made before queries were known is found like what is made now', async () => {
  const migrations = await readMigrations();
  await migrate(store, migrations.slice(0, 2));
  const facts = {
    kind: 'video',
    container: 'mp4',
    bytes: 9,
    duration: 2.5,
    frames: 60,
    width: 640,
    height: 360,
    rate: { num: 24000, den: 1001 },
    codec: 'h264',
    audio: { codec: 'aac', rate: 44100, channels: 1, duration: 2.5 },
  };
  await store.script(`
    insert into workspaces values ('old');
    insert into artifacts (hash, kind, facts, bytes) values
      ('${'a'.repeat(64)}', 'video', '${JSON.stringify(facts)}', 9),
      ('${'b'.repeat(64)}', 'image', '{"kind":"image","container":"png","bytes":3,"width":8,"height":6}', 3);
    insert into runs (workspace, number, source, asker, state, finished_at) values
      ('old', 1, 'GENERATE "Häfen im Nebel" AS b', '{"user":"ada"}', 'done', now());
    insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models, lane, effect,
                      title, recipe, state, result)
      select 'old', 1, id, 's1', 0, 0, 'generate', 1, '{"seed":7,"generator":"storyboard"}', '[{"name":"net"}]', 'cpu', false,
             't', 'r', 'done', '${'a'.repeat(64)}' from runs;
    insert into media (workspace, letter, number, hash, job_id, prompt)
      select 'old', 'v', 1, '${'a'.repeat(64)}', id, 'Häfen im Nebel' from jobs;
    insert into media (workspace, letter, number, hash, source) values ('old', 'i', 1, '${'b'.repeat(64)}', 'fog.png');
    insert into names (workspace, key, name, media_id, given_at)
      select 'old', lower(name), name, id, now() + at * interval '1 second' from media, (values ('A', 1), ('B', 2)) as n(name, at)
      where letter = 'v';
  `);
  await migrate(store, migrations);
  const ask = async (collection: string) =>
    (
      await queryRows(
        store,
        'old',
        { collection, group: null, where: null, order: [], limit: null },
        { size: 9, offset: 0 },
      )
    )?.rows;
  expect(await ask('videos')).toMatchObject([
    {
      id: 'v1',
      name: 'B',
      duration: 2.5,
      size: '640x360',
      fps: 23.976,
      frames: 60,
      codec: 'h264',
      sound: true,
      bytes: 9,
      verb: 'generate',
      engine: 'storyboard',
      seed: 7,
      model: 'net',
      group: 'g1',
    },
  ]);
  expect(await ask('images')).toMatchObject([{ id: 'i1', size: '8x6', container: 'png', source: 'fog.png' }]);
  for (const text of ['hafen', 'nebel', 'nbeel', 'HÄFEN']) {
    expect(await search(store, 'old', text, pipelines), text).toHaveLength(1);
    expect(await search(store, 'old', text, videos), text).toHaveLength(1);
  }
});
