import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openS3 } from '../../../engine/artifacts/s3.ts';
import { describeArtifactStore } from '../../contracts/artifacts.ts';
import { s3rverCredentials, startS3rver } from '../../fakes/s3rver.ts';
import { machine } from '../../fakes/shared-artifacts.ts';

let server: Awaited<ReturnType<typeof startS3rver>>;
let folder: string;
beforeAll(async () => {
  server = await startS3rver();
  folder = await mkdtemp(join(tmpdir(), 'pql-s3rver-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const open = (accessKeyId = s3rverCredentials.accessKeyId) =>
  openS3(
    { type: 's3', bucket: 'films', prefix: '', endpoint: server.endpoint, region: 'eu-central-1' },
    { credentials: { ...s3rverCredentials, accessKeyId }, partBytes: 1_000_000, attempts: 2 },
  );

describeArtifactStore('S3 as s3rver has it', () => machine(() => open()));

const put = async (bytes: Uint8Array) => {
  const file = join(folder, crypto.randomUUID());
  await writeFile(file, bytes);
  await using store = await machine(() => open());
  return await store.put(file);
};

test('an address is good for whoever has it, under a name and for its time', async () => {
  const bytes = randomBytes(2_500_000);
  const { hash } = await put(bytes);
  await using store = await machine(() => open());
  const address = (await store.address(hash, 60, 'fog "at" dawn.mp4')) as string;
  const answer = await fetch(address);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="fog _at_ dawn.mp4"');
  const got = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(got).digest('hex')).toBe(hash);
  const shown = await store.address(hash, 60, 'fog.mp4', { type: 'video/mp4', disposition: 'inline' });
  const { headers } = await fetch(shown as string, { headers: { range: 'bytes=0-9' } });
  expect(headers.get('content-type')).toBe('video/mp4');
  expect(headers.get('content-disposition')).toBe('inline; filename="fog.mp4"');
  const yesterday = address.replace(/X-Amz-Date=\d{8}/, 'X-Amz-Date=20200101');
  expect((await fetch(yesterday)).status).toBe(403);
});

test('a wrong key is told in words, without its secret', async () => {
  await using store = await machine(() => open('somebody'));
  const file = join(folder, crypto.randomUUID());
  await writeFile(file, 'hello');
  const asked = store.put(file);
  await expect(asked).rejects.toMatchObject({ code: 'PQL615', kind: 'permanent' });
  await asked.catch((error: Error) =>
    expect(JSON.stringify(error)).not.toContain(s3rverCredentials.secretAccessKey),
  );
});

test('says what an older server does not know, and works with it all the same', async () => {
  const remote = await open();
  expect((await remote.check()).notes).toEqual([
    'it does not know If-None-Match, so equal bytes are written over each other',
    'it does not list unfinished uploads: let it abort them itself, after a day or more',
  ]);
});
