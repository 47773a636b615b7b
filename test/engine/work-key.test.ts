import { expect, test } from 'vitest';
import { type Work, workKey } from '../../engine/work-key.ts';

const work: Work = {
  operation: 'enhance',
  version: 1,
  arguments: { upscale: 2, denoise: null },
  models: [{ name: 'net', digest: 'd1' }],
  inputs: [{ role: 'operand', hash: 'aa' }],
};

test('equal work has an equal key, whatever the order of arguments and the name of the network', () => {
  const same = {
    ...work,
    arguments: { denoise: null, upscale: 2 },
    models: [{ name: 'alias', digest: 'd1' }],
  };
  expect(workKey(same)).toBe(workKey(work));
});

test('the key stays what it is from version to version, or finished work would be lost', () => {
  expect(workKey(work)).toBe('510901271408397de36109dfa0ecfe04ddbb7f9b7d25b3fc93ca97818950bd20');
});

test.each<[string, Partial<Work>]>([
  ['operation', { operation: 'grade' }],
  ['version', { version: 2 }],
  ['arguments', { arguments: { upscale: 4, denoise: null } }],
  ['networks', { models: [{ name: 'net', digest: 'd2' }] }],
  ['inputs', { inputs: [{ role: 'operand', hash: 'bb' }] }],
  ['roles of inputs', { inputs: [{ role: 'lut', hash: 'aa' }] }],
  ['number of inputs', { inputs: [...work.inputs, ...work.inputs] }],
])('other %s give another key', (_, other) => {
  expect(workKey({ ...work, ...other })).not.toBe(workKey(work));
});
