import { box, fullBox, u16, u32 } from './box.ts';
import type { Strip } from './reel.ts';

/** Samples of one track that lie together in the file. */
export interface Chunk {
  track: number;
  first: number;
  count: number;
}

/** Ticks a second of the movie header and the edits; a multiple of the sound rates, so that edits end on a sample. */
const movieTimescale = 48_000;

const identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** The index (moov) of strips whose chunks stand at `offsets` in the file (ISO/IEC 14496-12 §8). Its length does not depend on the
 * offsets as long as `wide` stays. */
export function indexOf(
  strips: readonly Strip[],
  chunks: readonly Chunk[],
  offsets: Float64Array,
  wide: boolean,
  comment: string,
): Buffer {
  const lengths = strips.map(({ reel }) => Math.round((reel.shown / reel.timescale) * movieTimescale));
  const traks = strips.map((strip, track) => {
    const own = chunks.flatMap((chunk, index) =>
      chunk.track === track ? [{ chunk, at: offsets[index] ?? 0 }] : [],
    );
    return trackBox(strip, track + 1, lengths[track] ?? 0, own, wide);
  });
  const mvhd = fullBox(
    'mvhd',
    1,
    0,
    u64(0, 0),
    u32(movieTimescale),
    u64(Math.max(0, ...lengths)),
    u32(0x10000),
    u16(0x100, 0),
    u32(0, 0),
    identity,
    u32(0, 0, 0, 0, 0, 0, strips.length + 1),
  );
  return box('moov', mvhd, ...traks, comment === '' ? Buffer.alloc(0) : commentBox(comment));
}

function trackBox(
  strip: Strip,
  id: number,
  length: number,
  chunks: readonly { chunk: Chunk; at: number }[],
  wide: boolean,
): Buffer {
  const { reel } = strip;
  const sound = reel.handler === 'sound';
  const tkhd = fullBox(
    'tkhd',
    1,
    3,
    u64(0, 0),
    u32(id, 0),
    u64(length),
    u32(0, 0),
    u16(0, 0, sound ? 0x100 : 0, 0),
    identity,
    u32(reel.width << 16, reel.height << 16),
  );
  const elst = fullBox('elst', 1, 0, u32(1), u64(length, reel.lead), u16(1, 0));
  // 0x55c4 is "und" packed in three times five bits.
  const mdhd = fullBox(
    'mdhd',
    1,
    0,
    u64(0, 0),
    u32(reel.timescale),
    u64(strip.count * reel.tick),
    u16(0x55c4, 0),
  );
  const hdlr = fullBox(
    'hdlr',
    0,
    0,
    u32(0),
    Buffer.from(sound ? 'soun' : 'vide'),
    u32(0, 0, 0),
    Buffer.from(sound ? 'SoundHandler\0' : 'VideoHandler\0'),
  );
  const header = sound ? fullBox('smhd', 0, 0, u16(0, 0)) : fullBox('vmhd', 0, 1, u16(0, 0, 0, 0));
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const minf = box('minf', header, dinf, sampleTables(strip, chunks, wide));
  return box('trak', tkhd, box('edts', elst), box('mdia', mdhd, hdlr, minf));
}

function sampleTables(strip: Strip, chunks: readonly { chunk: Chunk; at: number }[], wide: boolean): Buffer {
  const { reel, count } = strip;
  const delayed = strip.compositions.some((value) => value !== 0);
  const keys = [...strip.keys].flatMap((key, index) => (key ? [index + 1] : []));
  const runs: number[] = [];
  for (const [index, { chunk }] of chunks.entries())
    if (runs.length === 0 || runs.at(-2) !== chunk.count) runs.push(index + 1, chunk.count, 1);
  const places = wide ? u64(...chunks.map(({ at }) => at)) : u32(...chunks.map(({ at }) => at));
  return box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), reel.entry),
    fullBox('stts', 0, 0, u32(1, count, reel.tick)),
    ...(keys.length < count ? [fullBox('stss', 0, 0, u32(keys.length), u32(...keys))] : []),
    ...(delayed ? [compositionTable(strip.compositions)] : []),
    fullBox('stsc', 0, 0, u32(runs.length / 3), u32(...runs)),
    fullBox('stsz', 0, 0, u32(0, count), bigEndian(strip.sizes)),
    fullBox(wide ? 'co64' : 'stco', 0, 0, u32(chunks.length), places),
  );
}

function compositionTable(compositions: Int32Array): Buffer {
  const runs: number[] = [];
  for (const value of compositions) {
    if (runs.length > 0 && runs.at(-1) === value) runs[runs.length - 2] = (runs.at(-2) ?? 0) + 1;
    else runs.push(1, value);
  }
  return fullBox('ctts', 0, 0, u32(runs.length / 2), bigEndian(Uint32Array.from(runs)));
}

/** iTunes' comment tag, which ffmpeg and players read; type 1 is UTF-8. */
function commentBox(comment: string): Buffer {
  const data = box('data', u32(1, 0), Buffer.from(comment, 'utf8'));
  const hdlr = fullBox('hdlr', 0, 0, u32(0), Buffer.from('mdirappl'), u32(0, 0), Buffer.from([0]));
  return box('udta', fullBox('meta', 0, 0, hdlr, box('ilst', box('\u00a9cmt', data))));
}

function bigEndian(values: Uint32Array): Buffer {
  const bytes = Buffer.from(values.slice().buffer);
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? bytes.swap32() : bytes;
}

function u64(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64BE(BigInt(value), index * 8);
  return bytes;
}
