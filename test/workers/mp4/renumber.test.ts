import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsOf } from '../../../workers/mp4/bits.ts';
import { renumberedPacket } from '../../../workers/mp4/renumber.ts';

/** Exp-Golomb code of a number. */
function code(number: number): string {
  const bits = (number + 1).toString(2);
  return '0'.repeat(bits.length - 1) + bits;
}

/** A slice as a packet: header, first block, type, number of its picture's set, then bits of any kind. */
function slice(block: number, type: number, set: number, rest: string): Buffer {
  const bits = `01100101${code(block)}${code(type)}${code(set)}${rest}`;
  const unit = Buffer.from(bits.match(/.{1,8}/g)!.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return Buffer.concat([length, unit]);
}

const header = { block: fc.integer({ min: 0, max: 30_000 }), type: fc.integer({ min: 0, max: 9 }) };
const number = fc.constantFrom(16, 18, 20, 22, 24, 26, 28, 30);

test('a slice gets the number and keeps every bit before and behind it, or is left alone', () => {
  let changed = 0;
  fc.assert(
    fc.property(
      fc.record(header),
      number,
      fc.integer({ min: 0, max: 2 ** 30 }),
      ({ block, type }, to, seed) => {
        const rest = seed.toString(2).padStart(40, '01');
        const made = renumberedPacket(slice(block, type, 0, rest), to);
        // Some have bytes that would need escaping; no encoder makes slices that begin so far in such a picture.
        if (made === null) return;
        changed++;
        expect(made.equals(slice(block, type, to, rest))).toBe(true);
        expect(made.readUInt32BE(0)).toBe(made.length - 4);
        const bits = bitsOf(made.subarray(4));
        expect([bits.number(), bits.number(), bits.number()]).toEqual([block, type, to]);
      },
    ),
  );
  expect(changed).toBeGreaterThan(50);
});

test('bytes that would read as the start of a unit are never made', () => {
  fc.assert(
    fc.property(fc.record(header), number, fc.uint8Array({ maxLength: 6 }), ({ block, type }, to, tail) => {
      const rest = [...tail].map((byte) => (byte % 4).toString(2).padStart(8, '0')).join('');
      const given = slice(block, type, 0, `1${rest}`);
      const starts = (packet: Buffer) =>
        [0, 1, 2].some((last) => packet.includes(Buffer.from([0, 0, last]), 4));
      const made = starts(given) ? null : renumberedPacket(given, to);
      expect(made !== null && starts(made)).toBe(false);
    }),
  );
});

test('other numbers, unknown units and packets that are cut short are not touched', () => {
  expect(renumberedPacket(slice(0, 7, 1, '1'), 28)).toBeNull();
  expect(renumberedPacket(Buffer.from([0, 0, 0, 2, 0x62, 0x88]), 28)).toBeNull();
  expect(renumberedPacket(Buffer.from([0, 0, 0, 9, 0x65, 0x88]), 28)).toBeNull();
  expect(renumberedPacket(Buffer.from([0, 0, 0]), 28)).toBeNull();
});
