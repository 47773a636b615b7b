import { box, boxesIn, u16 } from './box.ts';
import { visualFixed } from './entry.ts';
import { numberOf } from './parameter-sets.ts';

/** What an AVC configuration (avcC, ISO/IEC 14496-15 §5.3.3) holds. */
export interface AvcConfiguration {
  profile: number;
  compatibility: number;
  level: number;
  /** Bytes of a unit's length, minus one, with the reserved bits. */
  lengthSize: number;
  sequences: Buffer[];
  pictures: Buffer[];
  /** What stands behind, in high profiles: chroma format and bit depths. */
  rest: Buffer;
}

/** The AVC configuration of an `avc1` entry; null for other codecs. */
export function avcOf(entry: Buffer): AvcConfiguration | null {
  if (entry.toString('latin1', 4, 8) !== 'avc1') return null;
  const avcC = boxesIn(entry.subarray(visualFixed)).find(({ type }) => type === 'avcC')?.body;
  if (!avcC || avcC.length < 7) return null;
  let at = 5;
  const sets = (count: number) =>
    Array.from({ length: count }, () => {
      const size = avcC.readUInt16BE(at);
      const set = avcC.subarray(at + 2, at + 2 + size);
      at += 2 + size;
      return set;
    });
  try {
    const sequences = sets(avcC.readUInt8(at++) & 31);
    const pictures = sets(avcC.readUInt8(at++));
    const [profile, compatibility, level, lengthSize] = [avcC[1]!, avcC[2]!, avcC[3]!, avcC[4]!];
    return { profile, compatibility, level, lengthSize, sequences, pictures, rest: avcC.subarray(at) };
  } catch {
    return null;
  }
}

/** One entry for clips whose parameter sets are equal or have different numbers; null when they cannot stand in one track. Profile and level
 * are the highest, and only what all of them are compatible with is said (ISO/IEC 14496-15 §5.3.3.1.2). */
export function mergedEntry(first: Buffer, second: Buffer): Buffer | null {
  const [one, two] = [avcOf(first), avcOf(second)];
  if (!one || !two || one.lengthSize !== two.lengthSize) return null;
  if (!one.rest.equals(two.rest) && one.rest.length > 0 && two.rest.length > 0) return null;
  const sequences = united('s', one.sequences, two.sequences);
  const pictures = united('p', one.pictures, two.pictures);
  if (!sequences || !pictures) return null;
  return withAvc(first, {
    profile: Math.max(one.profile, two.profile),
    compatibility: one.compatibility & two.compatibility,
    level: Math.max(one.level, two.level),
    lengthSize: one.lengthSize,
    sequences,
    pictures,
    rest: one.rest.length > 0 ? one.rest : two.rest,
  });
}

/** The entry with another configuration. */
export function withAvc(entry: Buffer, avc: AvcConfiguration): Buffer {
  const { profile, compatibility, level, lengthSize, sequences, pictures, rest } = avc;
  const avcC = box(
    'avcC',
    Buffer.from([1, profile, compatibility, level, lengthSize, 0xe0 | sequences.length]),
    ...units(sequences),
    Buffer.from([pictures.length]),
    ...units(pictures),
    rest,
  );
  const others = boxesIn(entry.subarray(visualFixed)).filter(({ type }) => type !== 'avcC');
  return box(
    'avc1',
    entry.subarray(8, visualFixed),
    avcC,
    ...others.map(({ type, body }) => box(type, body)),
  );
}

/** Sets of both, equal ones once; null when a number stands for two, or when there are more than a configuration holds. */
function united(kind: 's' | 'p', some: readonly Buffer[], others: readonly Buffer[]): Buffer[] | null {
  const added = others.filter((set) => !some.some((each) => each.equals(set)));
  const all = [...some, ...added];
  const numbers = new Set(all.map((set) => numberOf(kind, set)));
  return numbers.size === all.length && all.length <= (kind === 's' ? 31 : 255) ? all : null;
}

function units(sets: readonly Buffer[]): Buffer[] {
  return sets.flatMap((set) => [u16(set.length), set]);
}
