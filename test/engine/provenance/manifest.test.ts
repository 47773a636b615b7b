import { expect, test } from 'vitest';
import type { Facts } from '../../../dsl/facts.ts';
import type { Made, Source } from '../../../engine/provenance/history.ts';
import { ofNothing } from '../../fakes/statement.ts';

const step = (operation: string): Made => ({ operation, recipe: operation, details: {}, models: [] });
const file = (name: string): Source => ({
  ...{ hash: name, name, facts: { kind: 'video', container: 'mp4' } as Facts },
});

test.each([
  ['a prompt', 'GENERATE "fog"', [step('generate')], [], 'algorithmicMedia'],
  [
    'a prompt and a file',
    'STITCH (GENERATE "fog") + "a.mp4"',
    [step('generate'), step('stitch')],
    [file('a')],
    'compositeSynthetic',
  ],
  [
    'a prompt and a frame of a file',
    'GENERATE "fog" FROM "a.mp4"',
    [step('frame'), step('generate')],
    [file('a')],
    'compositeSynthetic',
  ],
  ['two files', 'STITCH "a.mp4" + "b.mp4"', [step('stitch')], [file('a'), file('b')], 'composite'],
  [
    'a film of ours and a file',
    'STITCH (GENERATE "fog") + "b.mp4"',
    [step('stitch')],
    [file('a'), file('b')],
    'compositeSynthetic',
  ],
  [
    'files whose names speak of it',
    'STITCH "GENERATE.mp4" + "b.mp4"',
    [step('stitch')],
    [file('a'), file('b')],
    'composite',
  ],
])('what is made from %s says so', (_, recipe, made, sources, type) => {
  const { manifest } = ofNothing('video/mp4', { recipe, made, sources });
  expect(manifest.assertions).toContainEqual({
    label: 'c2pa.actions.v2',
    data: {
      actions: expect.arrayContaining([
        {
          action: 'c2pa.created',
          digitalSourceType: `http://cv.iptc.org/newscodes/digitalsourcetype/${type}`,
        },
      ]),
    },
  });
});

test('of what a film begins with is said that it was placed, and nothing of how a frame was taken from it', () => {
  const { manifest, ingredients } = ofNothing('video/mp4', {
    ...{
      recipe: 'GENERATE "fog" FROM "a.mp4"',
      made: [step('frame'), step('generate')],
      sources: [file('a')],
    },
  });
  expect(JSON.stringify(manifest)).toContain('c2pa.placed');
  expect(JSON.stringify(manifest)).not.toContain('c2pa.edited');
  expect(ingredients).toMatchObject([{ hash: 'a', says: { relationship: 'componentOf' } }]);
});

test('of one file that was changed nothing is said but that it was opened: what it is it says itself', () => {
  const { manifest } = ofNothing('video/mp4', {
    ...{ recipe: 'TRIM "a.mp4"', made: [step('trim')], sources: [file('a')] },
  });
  expect(JSON.stringify(manifest)).not.toContain('digitalSourceType');
});

test.each([
  ['TRIM (GENERATE "fog")', 'algorithmicMedia'],
  ['TRIM (STITCH (GENERATE "fog") + "b.mp4")', 'compositeSynthetic'],
])('one film of ours that came back stays what it was: %s', (recipe, type) => {
  const { manifest } = ofNothing('video/mp4', { recipe, made: [step('trim')], sources: [file('a')] });
  expect(JSON.stringify(manifest)).toContain(
    `"action":"c2pa.opened","digitalSourceType":"http://cv.iptc.org/newscodes/digitalsourcetype/${type}"`,
  );
});
