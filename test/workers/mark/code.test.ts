import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode } from '../../../workers/mark/code.ts';
import { createRandom } from '../../../workers/storyboard/random.ts';

const payload = fc.stringMatching(/^[0-9a-f]{12}$/);

test('every payload is read again, whatever it is and however faint', () => {
  fc.assert(
    fc.property(payload, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (said, strength) => {
      expect(decode(Float64Array.from(encode(said), (chip) => chip * strength))).toBe(said);
    }),
  );
});

test('is read where a quarter of the chips say the opposite', () => {
  const random = createRandom(7);
  for (let film = 0; film < 20; film++) {
    const said = Array.from({ length: 12 }, () => random.whole(0, 15).toString(16)).join('');
    const soft = Float64Array.from(encode(said), (chip) => (random.chance(0.25) ? -chip : chip));
    expect(decode(soft)).toBe(said);
  }
});

test('noise seldom passes for a payload', () => {
  const random = createRandom(1);
  const noise = () => Float64Array.from({ length: 1024 }, () => random.between(-1, 1));
  const passed = Array.from({ length: 600 }, () => decode(noise())).filter((said) => said !== null);
  expect(passed.length).toBeLessThanOrEqual(1);
});
