import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Failure } from '../../engine/failure.ts';
import { inFrames, type ToldMark } from '../../workers/mark/told.ts';
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
    readMarks: async () => [],
  });
  const made = await verify({}, desk);
  expect(read).toEqual(['/signed', 'video/mp4']);
  expect(made).toMatchObject({
    kind: 'text',
    details: {
      words: [
        'no content credentials',
        'no mark of WatchAI in its frames',
        'its comment, which anybody can write, says GENERATE "fog" DURATION 4s',
      ],
    },
  });
  expect(JSON.parse(await readFile((made as { file: string }).file, 'utf8'))).toMatchObject({
    state: 'none',
  });
  await rm(scratch, { recursive: true });
});

test('says of a film of its own whatever is known of it when nothing can be signed', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'pql-verify-'));
  const { desk } = fakeDesk({ scratch, inputs: [fakeFilm(film, 'a'.repeat(64), 4)] });
  const verifying = async (code: string) =>
    createVerify({
      giveOut: () =>
        Promise.reject(new Failure('permanent', code, 'the certificate ended', { hint: 'renew it' })),
      readTold: async () => none,
      readMarks: async () => [],
    })({}, desk);
  expect(await verifying('PQL626')).toHaveProperty('details.words', [
    'it cannot leave at the moment: the certificate ended',
    'renew it',
    'no content credentials',
    'no mark of WatchAI in its frames',
    'its comment, which anybody can write, says GENERATE "fog" DURATION 4s',
  ]);
  // Whoever is in it and says no is another matter.
  await expect(verifying('PQL546')).rejects.toMatchObject({ code: 'PQL546' });
  await rm(scratch, { recursive: true });
});

const mark = { payload: '0123456789ab', strength: 20, from: 0, to: 4, whole: true };
const made = { own: true, media: 'v12', group: 'g7', recipe: 'GENERATE "fog"\n-- watchai' };

test.each<[string, ToldMark[] | null, string[]]>([
  ['a sound has no frames', null, []],
  [
    'a film of this workspace',
    [{ ...mark, made }],
    ['its frames bear a mark of WatchAI: 0123456789ab, made here (v12, run g7), GENERATE "fog"'],
  ],
  [
    'work whose film and run were removed',
    [{ ...mark, made: { own: true, media: null, group: null, recipe: null } }],
    ['its frames bear a mark of WatchAI: 0123456789ab, made here'],
  ],
  [
    'a film of another workspace, of which nothing else is told',
    [{ ...mark, made: { own: false, media: null, group: null, recipe: null } }],
    ['its frames bear a mark of WatchAI: 0123456789ab, made by this installation in another workspace'],
  ],
  [
    'a mark that nobody here knows',
    [{ ...mark, made: null }],
    [
      'its frames bear a mark of WatchAI: 0123456789ab, which nothing here is known by: only a hint that a machine made it',
    ],
  ],
  [
    'two clips that were stitched, one of them too weak',
    [
      { ...mark, whole: false, made },
      { ...mark, payload: null, from: 5.04, to: 5.04, whole: false, made: null },
    ],
    [
      'its frames from 0s to 4s bear a mark of WatchAI: 0123456789ab, made here (v12, run g7), GENERATE "fog"',
      'its frames at 5s bear a mark of WatchAI: too weak to say of which film, and only a hint that a machine made it',
    ],
  ],
])('says of the frames of %s what is known and no more', (_, marks, words) => {
  expect(inFrames(marks)).toEqual(words);
});
