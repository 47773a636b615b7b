import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saidIn } from '../fakes/folder-chat.ts';
import { runScript } from '../fakes/run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-deliver-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const deliver = (...args: string[]) =>
  runScript(new URL('./deliver-in-home.ts', import.meta.url), [folder, ...args]);

test('kill -9 behind each step of a delivery: each film is said once, in order, every byte of it', async () => {
  const films = [1, 2, 3].map(() => randomBytes(30_000));
  const files = films.map((_, n) => join(folder, `film-${n}`));
  for (const [n, film] of films.entries()) await writeFile(files[n]!, film);
  const moments = ['posted', 'uploaded', 'completed'];
  for (const [n, moment] of moments.entries()) {
    await using script = deliver(moment, ...(n === 0 ? files : []));
    expect([moment, (await script.ended).status]).toEqual([moment, 'SIGKILL']);
  }
  await using last = deliver('never');
  expect((await last.ended).status).toBe(0);
  const { messages, uploads } = await saidIn(join(folder, 'chat'));
  expect(messages.map(({ title, file }) => [title, file?.sha256])).toEqual(
    films.map((film, n) => [`g${n + 1} · done`, createHash('sha256').update(film).digest('hex')]),
  );
  // What was noted is not done again.
  expect(uploads).toBe(3);
});
