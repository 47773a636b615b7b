import { createHash } from 'node:crypto';
import { box, boxesIn, u16 } from './box.ts';

/** Bytes of a visual sample entry before its boxes, header included (ISO/IEC 14496-12 §12.1.3); of a sound's, §12.2.3. */
const visualFixed = 86;
const soundFixed = 36;

/** A picture entry without what says nothing about decoding (btrt: bit rates, which differ from clip to clip). */
export function essentialEntry(entry: Buffer): Buffer {
  const kept = boxesIn(entry.subarray(visualFixed)).filter(({ type }) => type !== 'btrt');
  const fixed = Buffer.from(entry.subarray(8, visualFixed));
  // 32 bytes of the encoder's name.
  fixed.fill(0, 42, 74);
  return box(entry.toString('latin1', 4, 8), fixed, ...kept.map(({ type, body }) => box(type, body)));
}

/** Short digest by which entries are compared. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

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

/** One entry for two kinds of clips whose parameter sets have different numbers; null when they cannot stand in one track. */
export function mergedEntry(first: Buffer, second: Buffer): Buffer | null {
  const [one, two] = [avcOf(first), avcOf(second)];
  if (!one || !two || one.lengthSize !== two.lengthSize) return null;
  if (!one.rest.equals(two.rest) && one.rest.length > 0 && two.rest.length > 0) return null;
  const numbers = new Set(parameterSets(one));
  if (parameterSets(two).some((number) => numbers.has(number))) return null;
  const [sequences, pictures] = [
    [...one.sequences, ...two.sequences],
    [...one.pictures, ...two.pictures],
  ];
  const higher = one.profile >= two.profile ? one : two;
  const head = [1, higher.profile, higher.compatibility, Math.max(one.level, two.level), one.lengthSize];
  const units = (sets: readonly Buffer[]) => sets.flatMap((set) => [u16(set.length), set]);
  const avcC = box(
    'avcC',
    Buffer.from([...head, 0xe0 | sequences.length]),
    ...units(sequences),
    Buffer.from([pictures.length]),
    ...units(pictures),
    higher.rest,
  );
  const others = boxesIn(first.subarray(visualFixed)).filter(({ type }) => type !== 'avcC');
  return box(
    'avc1',
    first.subarray(8, visualFixed),
    avcC,
    ...others.map(({ type, body }) => box(type, body)),
  );
}

/** Numbers of the parameter sets: `s0`, `p0`. Pictures' sets refer to sequences' by number. */
export function parameterSets(avc: AvcConfiguration): string[] {
  return [
    ...avc.sequences.map((set) => `s${firstNumber(set.subarray(4))}`),
    ...avc.pictures.map((set) => `p${firstNumber(set.subarray(1))}`),
  ];
}

/** The first unsigned Exp-Golomb number (H.264 §9.1) of a bit string. */
function firstNumber(bytes: Buffer): number {
  let zeros = 0;
  const bit = (at: number) => ((bytes[at >> 3] ?? 0xff) >> (7 - (at & 7))) & 1;
  while (zeros < 16 && bit(zeros) === 0) zeros++;
  let value = 0;
  for (let at = zeros; at <= 2 * zeros; at++) value = (value << 1) | bit(at);
  return value - 1;
}

/** What two sound entries must share to be joined packet by packet: codec, rate, channels and the decoder's configuration; null for
 * anything but AAC in its plain form. */
export function soundSignature(entry: Buffer): string | null {
  if (entry.toString('latin1', 4, 8) !== 'mp4a' || entry.length < soundFixed) return null;
  const esds = boxesIn(entry.subarray(soundFixed)).find(({ type }) => type === 'esds')?.body;
  const configuration = esds && decoderConfiguration(esds.subarray(4));
  if (configuration?.kind !== 0x40) return null;
  const specific = configuration.specific.toString('hex');
  return `aac ${entry.readUInt32BE(32) >>> 16} ${entry.readUInt16BE(24)} ${specific}`;
}

/** Object type and DecoderSpecificInfo out of an elementary stream descriptor (ISO/IEC 14496-1 §7.2.6). */
function decoderConfiguration(bytes: Buffer): { kind: number; specific: Buffer } | null {
  let at = 0;
  let kind = -1;
  while (at + 2 <= bytes.length) {
    const tag = bytes[at++];
    let size = 0;
    for (let count = 0; count < 4 && at < bytes.length; count++) {
      const next = bytes[at++]!;
      size = (size << 7) | (next & 0x7f);
      if (next < 0x80) break;
    }
    if (tag === 3) at += 3;
    else if (tag === 4) {
      kind = bytes[at] ?? -1;
      at += 13;
    } else if (tag === 5) return { kind, specific: bytes.subarray(at, at + size) };
    else at += size;
  }
  return null;
}
