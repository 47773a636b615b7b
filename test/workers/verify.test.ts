import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Told } from '../../workers/provenance/read.ts';
import { createVerify } from '../../workers/verify.ts';
import { fakeDesk, fakeFilm } from '../fakes/desk.ts';

const film = fileURLToPath(new URL('../media/run.mp4', import.meta.url));
const none: Told = { state: 'none', failures: [], signer: null, manifest: null };

test('reads what leaves, and where that says nothing quotes the comment as hearsay', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'pql-verify-'));
  const { desk } = fakeDesk({ scratch, inputs: [fakeFilm(film, 'a'.repeat(64), 4)] });
  const read: string[] = [];
  const verify = createVerify({
    giveOut: async () => ({ path: '/signed', hash: 'b', bytes: 5 }),
    readTold: async (path, type) => {
      read.push(path, type);
      return none;
    },
  });
  const made = await verify({}, desk);
  expect(read).toEqual(['/signed', 'video/mp4']);
  expect(made).toMatchObject({
    kind: 'text',
    details: {
      words: [
        'no content credentials',
        'its comment, which anybody can write, says GENERATE "fog" DURATION 4s',
      ],
    },
  });
  expect(JSON.parse(await readFile((made as { file: string }).file, 'utf8'))).toMatchObject({
    state: 'none',
  });
  await rm(scratch, { recursive: true });
});
