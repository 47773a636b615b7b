import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Facts } from '../../../dsl/facts.ts';
import type { Source } from '../../../engine/provenance/history.ts';
import { readCredentials } from '../../../workers/provenance/credentials.ts';
import { knownHere } from '../../../workers/provenance/known.ts';
import { readTold } from '../../../workers/provenance/read.ts';
import { createSigning } from '../../../workers/provenance/signing.ts';
import { secondReading } from '../../fakes/second-reader.ts';
import { ofNothing } from '../../fakes/statement.ts';
import { openStudio, type Studio } from '../studio.ts';

const media = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));
const recipe = 'STITCH "signed.mp4" + "found.mp4" -- Brücke';

let studio: Studio;
/** A film that was signed before, from which others are made. */
let first: string;
beforeAll(async () => {
  studio = await openStudio();
  first = await sign(media('run.mp4'), 'first.mp4', 'video/mp4', { recipe: 'GENERATE "a beginning"' });
});
afterAll(() => studio?.[Symbol.asyncDispose]());

async function sign(
  source: string,
  name: string,
  type: string,
  history: Parameters<typeof ofNothing>[1],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const target = join(studio.folder, name);
  await createSigning(studio.folder, null).sign({
    ...{ source, target, mediaType: type, statement: ofNothing(type, history) },
    files: new Map(Object.entries(files)),
  });
  return target;
}

const told = async (file: string, type: string) => readTold(file, type, await knownHere(studio.folder, null));
const second = async (file: string) => secondReading(new Uint8Array(await readFile(file)));

const source = (hash: string, name: string): Source => ({
  ...{ hash, name, facts: { kind: 'video', container: 'mp4' } as Facts },
});
const stitched = {
  recipe,
  made: [
    { operation: 'generate', recipe: 'GENERATE "fog"', details: {}, models: [] },
    { operation: 'stitch', recipe, details: {}, models: [] },
  ],
  sources: [source('b'.repeat(64), 'signed.mp4'), source('c'.repeat(64), 'found.mp4')],
  grants: [{ id: 'r9', sha256: 'd'.repeat(64) }],
};

/** A byte of what is seen or heard: RIFF has its credentials at the end, all others at the beginning. */
function inside(bytes: Buffer): number {
  const at = bytes.toString('latin1', 0, 4) === 'RIFF' ? 600 : bytes.length - 600;
  // A marker of JPEG must stay one.
  return bytes[at] === 0xff || bytes[at - 1] === 0xff ? at + 2 : at;
}

async function changed(file: string, name: string, change: (bytes: Buffer) => void): Promise<string> {
  const bytes = await readFile(file);
  change(bytes);
  const path = join(studio.folder, name);
  await writeFile(path, bytes);
  return path;
}

const run = media('run.mp4');
const speech = media('speech.wav');

test.each([
  ['a film', 'video/mp4', 'mp4', [run, '-c', 'copy']],
  ['a PNG', 'image/png', 'png', [run, '-frames:v', '1']],
  ['a JPEG', 'image/jpeg', 'jpg', [run, '-frames:v', '1']],
  ['a WebP', 'image/webp', 'webp', [run, '-frames:v', '1']],
  ['a WAV', 'audio/wav', 'wav', [speech]],
  ['an MP3', 'audio/mpeg', 'mp3', [speech]],
  ['an M4A', 'audio/mp4', 'm4a', [speech]],
])('%s says the same to a reader that others wrote, and both see a changed byte', async (_, type, ending, from) => {
  const bare = join(studio.folder, `bare.${ending}`);
  await studio.ffmpeg('-i', ...from, '-metadata', `comment=${recipe}`, bare);
  const file = await sign(bare, `signed.${ending}`, type, stitched, {
    ['b'.repeat(64)]: first,
    ['c'.repeat(64)]: media('bird.mp4'),
  });
  const { id } = await readCredentials(studio.folder, null);
  const ours = await told(file, type);
  const theirs = await second(file);
  expect(ours).toMatchObject({ state: 'valid', failures: [], signer: { who: 'ours' } });
  expect(theirs).toMatchObject({ failures: [], signer: id });
  expect(theirs?.checked).toEqual(
    expect.arrayContaining([
      'claimSignature.validated',
      'assertion.hashedURI.match',
      expect.stringMatching(/^assertion\.(bmff|data)Hash\.match$/),
    ]),
  );
  expect(theirs?.actions.slice(0, 4)).toMatchObject([
    {
      action: 'c2pa.created',
      sourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic',
    },
    { action: 'c2pa.placed' },
    { action: 'c2pa.placed' },
    { action: 'c2pa.edited' },
  ]);
  expect(ours.manifest?.actions.map(({ action }) => action)).toEqual(
    theirs?.actions.map(({ action }) => action),
  );
  expect(theirs?.ingredients.toSorted((a, b) => (a.title < b.title ? -1 : 1))).toEqual([
    { title: 'found.mp4', relationship: 'componentOf', credentials: 'none' },
    { title: 'signed.mp4', relationship: 'componentOf', credentials: 'whole' },
  ]);
  expect(theirs?.making).toMatchObject({ pql: recipe, grants: stitched.grants });
  expect(ours.manifest).toMatchObject({ pql: recipe, grants: ['r9'] });
  // Where the kind of file has a comment, the recipe stays in it beside the credentials.
  if (type.startsWith('video/') || type.startsWith('audio/'))
    expect(await studio.prober.recipe(file, new AbortController().signal)).toBe(recipe);

  const flipped = await changed(file, `flipped.${ending}`, (bytes) => {
    bytes[inside(bytes)]! ^= 1;
  });
  expect(await told(flipped, type)).toMatchObject({
    state: 'altered',
    failures: [expect.stringMatching(/Hash\.mismatch$/)],
  });
  expect((await second(flipped))?.failures).toEqual([expect.stringMatching(/Hash\.mismatch$/)]);
});

const fog = { recipe: 'GENERATE "fog over the lake"' };

test('a recipe that is changed in the credentials is seen by both', async () => {
  const file = await sign(run, 'recipe.mp4', 'video/mp4', fog);
  const other = await changed(file, 'other-recipe.mp4', (bytes) =>
    bytes.write('rain', bytes.indexOf('fog over')),
  );
  expect(await told(other, 'video/mp4')).toMatchObject({
    state: 'altered',
    failures: ['assertion.hashedURI.mismatch'],
  });
  expect((await second(other))?.failures).toEqual(['assertion.hashedURI.mismatch']);
});

test('the credentials of one film in another are seen by both', async () => {
  const one = await readFile(await sign(run, 'one.mp4', 'video/mp4', fog));
  const two = await sign(media('bird.mp4'), 'two.mp4', 'video/mp4', fog);
  const box = (bytes: Buffer) => {
    const at = bytes.indexOf('uuid') - 4;
    return bytes.subarray(at, at + bytes.readUInt32BE(at));
  };
  const swapped = await changed(two, 'swapped.mp4', (bytes) => {
    expect(box(one).length).toBe(box(bytes).length);
    box(one).copy(box(bytes));
  });
  expect(await told(swapped, 'video/mp4')).toMatchObject({
    state: 'altered',
    failures: ['assertion.bmffHash.mismatch'],
  });
  expect((await second(swapped))?.failures).toEqual(['assertion.bmffHash.mismatch']);
});

test('what is changed in the credentials of an ingredient is seen by both', async () => {
  const file = await sign(run, 'made-of.mp4', 'video/mp4', stitched, { ['b'.repeat(64)]: first });
  const other = await changed(file, 'ingredient.mp4', (bytes) =>
    bytes.write('the end!!', bytes.indexOf('a beginning')),
  );
  const { state, failures } = await told(other, 'video/mp4');
  expect({ state, failures }).toEqual({
    state: 'altered',
    failures: ['ingredient.manifest.mismatch', 'assertion.hashedURI.mismatch'],
  });
  expect((await second(other))?.ingredients).toContainEqual(
    expect.objectContaining({ title: 'signed.mp4', credentials: 'damaged' }),
  );
});
