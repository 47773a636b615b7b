import { createHash } from 'node:crypto';
import { box, boxesIn } from './box.ts';

/** Bytes of a visual sample entry before its boxes, header included (ISO/IEC 14496-12 §12.1.3); of a sound's, §12.2.3. */
export const visualFixed = 86;
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
