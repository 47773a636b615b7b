import type { AvcConfiguration } from './avc.ts';
import { bitsOf } from './bits.ts';
import { digestOf } from './entry.ts';

/** The number of a sequence's or a picture's parameter set. */
export function numberOf(kind: 's' | 'p', set: Buffer): number {
  const bits = bitsOf(set);
  // Profile, compatibility and level.
  if (kind === 's') bits.take(24);
  return bits.number();
}

/** All parameter sets by kind, number and digest: `s0 1f2e3d4c`. Pictures' sets refer to sequences' by number. */
export function parameterSets({ sequences, pictures }: AvcConfiguration): string[] {
  const named = (kind: 's' | 'p') => (set: Buffer) =>
    `${kind}${numberOf(kind, set)} ${digestOf(set).slice(0, 8)}`;
  return [...sequences.map(named('s')), ...pictures.map(named('p'))];
}

/** Whether packets can stand in one track beside those of other codings of which the same is true: whole pictures, 4:2:0 at 8 bits, one
 * size of units' lengths, and profiles that contain each other. */
export function isJoinable(avc: AvcConfiguration): boolean {
  return (
    (avc.lengthSize & 3) === 3 &&
    avc.sequences.length > 0 &&
    avc.sequences.every(isPlain) &&
    hasPlainRest(avc)
  );
}

/** No extensions of sequences' sets behind chroma format and bit depths. */
function hasPlainRest({ rest }: AvcConfiguration): boolean {
  return rest.length === 0 || (rest.length === 4 && rest[3] === 0);
}

/** Reads a sequence's set (§7.3.2.1.1) up to `frame_mbs_only_flag`. One with tables of its own for quantising, which hardly anybody uses,
 * counts as not plain. */
function isPlain(set: Buffer): boolean {
  const bits = bitsOf(set);
  const [profile, compatibility] = [bits.take(8), bits.take(8)];
  bits.take(8);
  bits.number();
  // Baseline lies within Main where it says so, without the slices in any order that Main lacks.
  if (!(profile === 77 || profile === 100 || (profile === 66 && (compatibility & 0x40) !== 0))) return false;
  if (profile === 100) {
    const [chroma, luma, chromaDepth] = [bits.number(), bits.number(), bits.number()];
    const [lossless, tables] = [bits.take(1), bits.take(1)];
    if (chroma !== 1 || luma !== 0 || chromaDepth !== 0 || lossless !== 0 || tables !== 0) return false;
  }
  bits.number();
  const order = bits.number();
  if (order === 0) bits.number();
  else if (order === 1) {
    bits.take(1);
    bits.number();
    bits.number();
    for (let left = Math.min(255, bits.number()); left > 0; left--) bits.number();
  }
  bits.number();
  bits.take(1);
  bits.number();
  bits.number();
  return bits.take(1) === 1;
}
