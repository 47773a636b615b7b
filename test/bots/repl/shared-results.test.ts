import { copyFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtHome } from '../../../bots/repl/doctor/home.ts';
import { readConfig } from '../../../engine/config.ts';
import { startPostgres, type TestServer } from '../../fakes/postgres.ts';
import { emptyFolder, jsonLines, runPql } from './spawn-pql.ts';

const clip = fileURLToPath(new URL('../../media/sintel-96x54.mp4', import.meta.url));
const parts = `GENERATE "a boat in fog" DURATION 500ms SIZE 96x64 FPS 12fps AS boat;
TRIM "clip.mp4"[0s..500ms] AS real;`;

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

/** What is kept near in the home of a machine. */
const near = async (machine: string) => {
  const servers = join(machine, 'home', 'servers');
  const [identity = ''] = await readdir(servers);
  return readdir(join(servers, identity, 'cache'));
};

test('what one machine makes another one recalls, stitches and exports', async () => {
  const [one, two, store] = [await emptyFolder(), await emptyFolder(), await emptyFolder()];
  const env = { DATABASE_URL: await server.url(), PQL_ARTIFACTS: store };
  await copyFile(clip, join(one, 'clip.mp4'));
  await writeFile(join(one, 'parts.pql'), parts);
  expect(await runPql(['run', 'parts.pql'], one, { env })).toMatchObject({ status: 0 });

  // The other has neither the clip nor anything else of it: only the database and the store.
  const film = await runPql(['-c', 'STITCH boat + real TO out/film.mp4'], two, { env });
  expect(film).toMatchObject({ status: 0, out: expect.stringContaining(join(two, 'out/film.mp4')) });
  expect((await stat(join(two, 'out/film.mp4'))).size).toBeGreaterThan(1000);
  // Both clips were fetched and the film was made here; and, for its credentials, the file that one clip came from was, and the signed copy.
  expect(await near(two)).toHaveLength(5);
  expect(await readdir(join(two, 'home', 'servers', await identityOf(store), 'sessions'))).toEqual([]);

  const again = await runPql(['-c', 'STITCH boat + real TO out/again.mp4', '--json'], one, { env });
  expect(again.status).toBe(0);
  expect(jsonLines(again.out).at(-1)).toMatchObject({ type: 'done', recalled: 1, ran: 0 });
  // Each signed what left by a certificate of its own; the film is the same, and its path is another.
  const there = await runPql(['-c', 'STITCH boat + real TO out/film.mp4', '--json'], two, { env });
  const madeOf = (out: string) => jsonLines(out).find(({ type, path }) => type === 'result' && path === null);
  expect(madeOf(there.out)).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), recalled: true });
  expect(madeOf(again.out)?.hash).toBe(madeOf(there.out)?.hash);

  const { config } = readConfig({ ...env, PQL_HOME: join(two, 'home') }, two);
  const checked = await lookAtHome(config);
  expect(checked.filter(({ name }) => ['shared results', 'artifacts', 'cache'].includes(name))).toEqual([
    expect.objectContaining({ state: 'ok', found: expect.stringContaining(`${store}/`) }),
    expect.objectContaining({ state: 'ok', found: expect.stringContaining('6 files') }),
    expect.objectContaining({ name: 'cache', found: expect.stringContaining('of 20.0 GB') }),
  ]);
});

async function identityOf(store: string): Promise<string> {
  const [identity = ''] = await readdir(store);
  return identity;
}
