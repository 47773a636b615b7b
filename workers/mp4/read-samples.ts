import { type Box, bodyAt } from './box.ts';
import type { Samples } from './movie.ts';

/** Four hours at 60 frames a second, or of sound in packets of 1024 at 96 kHz: more is not indexed. */
const sampleLimit = 2_000_000;

/** Unfolds a track's sample tables (ISO/IEC 14496-12 §8.6 and §8.7). Null when they contradict each other. */
export function readSamples(tables: readonly Box[], fileSize: number): Samples | null {
  const stsz = bodyAt(tables, ['stsz']);
  const stts = bodyAt(tables, ['stts']);
  const stsc = bodyAt(tables, ['stsc']);
  const chunks = readChunks(tables);
  if (!stsz || !stts || !stsc || !chunks) return null;
  const count = stsz.readUInt32BE(8);
  if (count > sampleLimit) return null;
  const sizes = readSizes(stsz, count);
  const offsets = placeSamples(stsc, chunks, sizes);
  const durations = new Uint32Array(count);
  if (!offsets || !runLengths(stts, durations)) return null;
  let beyond = 0;
  for (let index = 0; index < count; index++)
    if ((offsets[index] ?? 0) + (sizes[index] ?? 0) > fileSize) beyond++;
  const compositions = new Int32Array(count);
  const ctts = bodyAt(tables, ['ctts']);
  if (ctts && !runLengths(ctts, compositions)) return null;
  return {
    count,
    offsets,
    sizes,
    durations,
    compositions,
    keys: readKeys(bodyAt(tables, ['stss']), count),
    beyond,
  };
}

function readChunks(tables: readonly Box[]): Float64Array | null {
  const stco = bodyAt(tables, ['stco']);
  const co64 = bodyAt(tables, ['co64']);
  const table = stco ?? co64;
  if (!table) return null;
  const width = stco ? 4 : 8;
  const count = table.readUInt32BE(4);
  if (count > sampleLimit || 8 + count * width > table.length) return null;
  return Float64Array.from({ length: count }, (_, index) =>
    stco ? stco.readUInt32BE(8 + index * 4) : Number(table.readBigUInt64BE(8 + index * 8)),
  );
}

function readSizes(stsz: Buffer, count: number): Uint32Array {
  const common = stsz.readUInt32BE(4);
  if (common !== 0) return new Uint32Array(count).fill(common);
  return Uint32Array.from({ length: count }, (_, index) => stsz.readUInt32BE(12 + index * 4));
}

function placeSamples(stsc: Buffer, chunks: Float64Array, sizes: Uint32Array): Float64Array | null {
  const runs = stsc.readUInt32BE(4);
  if (runs > sampleLimit) return null;
  const offsets = new Float64Array(sizes.length);
  let sample = 0;
  for (let run = 0; run < runs; run++) {
    const first = stsc.readUInt32BE(8 + run * 12) - 1;
    const perChunk = stsc.readUInt32BE(12 + run * 12);
    const next = run + 1 < runs ? stsc.readUInt32BE(8 + (run + 1) * 12) - 1 : chunks.length;
    if (first < 0 || next > chunks.length) return null;
    for (let chunk = first; chunk < next; chunk++) {
      let at = chunks[chunk] ?? 0;
      for (let index = 0; index < perChunk && sample < sizes.length; index++, sample++) {
        offsets[sample] = at;
        at += sizes[sample] ?? 0;
      }
    }
  }
  return sample === sizes.length ? offsets : null;
}

/** Fills `into` from a table of (count, value); false when it does not fill it exactly. */
function runLengths(table: Buffer, into: Uint32Array | Int32Array): boolean {
  const entries = table.readUInt32BE(4);
  let at = 0;
  for (let entry = 0; entry < entries && at < into.length; entry++) {
    const end = Math.min(into.length, at + table.readUInt32BE(8 + entry * 8));
    into.fill(table.readInt32BE(12 + entry * 8), at, end);
    at = end;
  }
  return at === into.length;
}

function readKeys(stss: Buffer | null, count: number): Uint8Array {
  if (!stss) return new Uint8Array(count).fill(1);
  const keys = new Uint8Array(count);
  const entries = Math.min(stss.readUInt32BE(4), count);
  for (let entry = 0; entry < entries; entry++) {
    const sample = stss.readUInt32BE(8 + entry * 4) - 1;
    if (sample >= 0 && sample < count) keys[sample] = 1;
  }
  return keys;
}
