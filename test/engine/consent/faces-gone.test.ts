import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { lockHead, raiseEpoch } from '../../../engine/consent/audit/append.ts';
import { forgetFaces } from '../../../engine/consent/faces/forget.ts';
import { readFaceKeys } from '../../../engine/consent/faces/keys.ts';
import { keepTemplate } from '../../../engine/consent/faces/templates.ts';
import { enterSomebody } from '../../../engine/consent/registry/people.ts';
import { fileRequest, findRequest } from '../../../engine/consent/requests/file.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { openPglite } from '../../../engine/store/pglite.ts';
import { freshDatabase } from '../../fakes/database.ts';
import { newFaceKey } from '../../fakes/faces.ts';
import { askerIn } from '../../fakes/plan.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-gone-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('of a face that is forgotten no byte is left in the files of the database, but sealed in its log', async () => {
  const asker = askerIn('here');
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

  expect(await forgetFaces(store, [person], asker)).toEqual({ templates: 1, requests: 0 });
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
