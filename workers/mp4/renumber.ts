import { avcOf, withAvc } from './avc.ts';
import { bitsOf } from './bits.ts';

/* Parameter sets get another number without decoding. A number is written in Exp-Golomb code (H.264 §9.1): 0 has one bit, 15 to 30 have nine.
 * From one to the other everything behind moves by a whole byte and stays as it was, slices of either entropy coding included. Even numbers end
 * in a bit that is set, so that the bytes that come anew need no escaping (§7.4.1) but in cases that are told here by null. */

/** An entry whose parameter sets have this number instead of 0: an even one of 16 to 30. Null where it has other sets. */
export function renumberedEntry(entry: Buffer, number: number): Buffer | null {
  const avc = avcOf(entry);
  if (avc?.sequences.length !== 1 || avc.pictures.length !== 1) return null;
  const [sequence, picture] = [...avc.sequences, ...avc.pictures].map((set) => renumberedUnit(set, number));
  return sequence && picture ? withAvc(entry, { ...avc, sequences: [sequence], pictures: [picture] }) : null;
}

/** A packet of such a clip: units, each behind its length in four bytes. Null where it holds what cannot be renumbered. */
export function renumberedPacket(packet: Buffer, number: number): Buffer | null {
  const pieces: Buffer[] = [];
  for (let at = 0; at < packet.length; ) {
    if (at + 4 > packet.length) return null;
    const size = packet.readUInt32BE(at);
    if (size === 0 || at + 4 + size > packet.length) return null;
    const unit = renumberedUnit(packet.subarray(at + 4, at + 4 + size), number);
    if (unit === null) return null;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(unit.length);
    pieces.push(length, unit);
    at += 4 + size;
  }
  return Buffer.concat(pieces);
}

function renumberedUnit(unit: Buffer, number: number): Buffer | null {
  switch ((unit[0] ?? 0) & 31) {
    case 1:
    case 5:
      return replaced(unit, pictureSetAt(unit), 1, number);
    case 7:
      return replaced(unit, 32, 1, number);
    case 8:
      // Its own number, and that of the sequence's set.
      return replaced(unit, 8, 2, number);
    case 6:
      // Of what is told beside pictures only the state of a buffer (type 0, which comes first) names a set.
      return unit[1] === 0 ? null : unit;
    case 9:
    case 10:
    case 11:
    case 12:
      return unit;
    default:
      return null;
  }
}

/** The bit at which a slice names the set of its picture: behind its first block and its type (§7.3.3). */
function pictureSetAt(unit: Buffer): number {
  const bits = bitsOf(unit.subarray(0, 16));
  bits.number();
  bits.number();
  return bits.place();
}

/** The unit with numbers of 0, so many from this bit on, replaced; null where they are others or where bytes would need escaping. */
function replaced(unit: Buffer, place: number, count: number, number: number): Buffer | null {
  const byte = place >> 3;
  if (byte + 1 >= unit.length) return null;
  const before = unit.subarray(0, byte);
  const bits = unit.readUInt8(byte).toString(2).padStart(8, '0');
  const at = place & 7;
  if (before.includes('\0\0') || bits.slice(at, at + count) !== '1'.repeat(count)) return null;
  const code = (number + 1).toString(2).padStart(9, '0');
  const anew = bits.slice(0, at) + code.repeat(count) + bits.slice(at + count);
  const bytes = Buffer.from(anew.match(/.{8}/g)!.map((each) => Number.parseInt(each, 2)));
  const head = Buffer.concat([before, bytes]);
  return head.includes('\0\0') ? null : Buffer.concat([head, unit.subarray(byte + 1)]);
}
