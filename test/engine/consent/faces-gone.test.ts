import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { lockHead, raiseEpoch } from '../../../engine/consent/audit/append.ts';
import { forgetFaces } from '../../../engine/consent/faces/forget.ts';
import { readFaceKeys } from '../../../engine/consent/faces/keys.ts';
import { keepTemplate } from '../../../engine/consent/faces/templates.ts';
import { enterSomebody } from '../../../engine/consent/registry/people.ts';
import { fileRequest, findRequest } from '../../../engine/consent/requests/file.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { openPglite } from '../../../engine/store/pglite.ts';
import type { Store } from '../../../engine/store/port.ts';
import { freshDatabase } from '../../fakes/database.ts';
import { newFaceKey } from '../../fakes/faces.ts';
import { openGated, wordsOf } from '../../fakes/gated.ts';
import { askerIn } from '../../fakes/plan.ts';

let folder: string;
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  [
    'is forgotten',
    async (store: Store, person: number) =>
      expect(await forgetFaces(store, [person], askerIn('here'))).toEqual({ templates: 1, requests: 0 }),
  ],
  [
    'is deleted with all else of a person',
    async (store: Store) => {
      await using gated = await openGated(store);
      const asked = wordsOf(await gated.ask('OPT OUT "Jane Roe" ERASE'));
      const request = /(r\d+) asks/.exec(asked)![1]!;
      for (const user of ['mia', 'noor']) await gated.ask(`APPROVE ${request}`, gated.as(user));
      expect(await store.query('select from face_templates')).toEqual([]);
    },
  ],
])('of a face that %s no byte is left in the files of the database, but sealed in its log', async (_, forget) => {
  const asker = askerIn('here');
  folder = await mkdtemp(join(tmpdir(), 'watchai-gone-'));
  await using store = await openPglite({ folder, template: await freshDatabase() });
  await migrate(store, await readMigrations());
  const person = await store.transaction(async (queries) => {
    await lockHead(queries);
    const { id } = await enterSomebody(queries, 'Jane Roe', 'face', await raiseEpoch(queries));
    const number = await fileRequest(queries, {
      ...{ kind: 'face', person: id, by: asker, said: 'Jane Roe', details: {} },
    });
    const request = (await findRequest(queries, 'here', number))!;
    const known = Float32Array.from({ length: 128 }, (_, at) => Math.sin(at) / 8);
    await keepTemplate(queries, readFaceKeys(newFaceKey())!, { person: id, request: request.id, known });
    return id;
  });
  const [row] = await store.query<{ sealed: string }>(
    `select encode(sealed, 'base64') as sealed from face_templates`,
  );
  const bytes = Buffer.from(row!.sealed, 'base64').subarray(100, 400);
  await store.query('checkpoint');
  // The test can see it: otherwise it would prove nothing.
  expect(await filesWith(bytes)).toContainEqual(expect.stringMatching(/^base\//));

  await forget(store, person);
  await store.query('checkpoint');
  expect((await filesWith(bytes)).filter((file) => !file.startsWith('pg_wal/'))).toEqual([]);
});

async function filesWith(bytes: Buffer): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(bytes)) found.push(path.slice(folder.length + 1));
  }
  return found;
}
