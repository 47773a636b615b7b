import { type FileHandle, open } from 'node:fs/promises';
import { bodyAt, boxesIn } from './box.ts';
import type { Edit, Movie, Track } from './movie.ts';
import { readSamples } from './read-samples.ts';

/** An index larger than this is not read: 64 MB hold the tables of four hours at 60 frames a second. */
const indexLimit = 64 * 1024 * 1024;

/** Reads the index of an MP4 or QuickTime file without touching its pictures. Null for every other file and for an index that
 * contradicts itself; it never throws for what a file says. */
export async function readMovie(path: string): Promise<Movie | null> {
  const file = await open(path, 'r');
  try {
    const stat = await file.stat();
    const { size } = stat;
    if (!stat.isFile() || size < 16) return null;
    const index = await findIndex(file, size);
    return index && parse(path, index.moov, index.fragmented, size);
  } catch (error) {
    // A table that ends before its entries do.
    if (error instanceof RangeError) return null;
    throw error;
  } finally {
    await file.close();
  }
}

async function findIndex(
  file: FileHandle,
  size: number,
): Promise<{ moov: Buffer; fragmented: boolean } | null> {
  const header = Buffer.alloc(16);
  let moov: Buffer | null = null;
  let fragmented = false;
  let at = 0;
  for (let seen = 0; at + 8 <= size && seen < 1000; seen++) {
    const { bytesRead } = await file.read(header, 0, 16, at);
    let length = header.readUInt32BE(0);
    const type = header.toString('latin1', 4, 8);
    let skip = 8;
    if (length === 1 && bytesRead === 16) {
      length = Number(header.readBigUInt64BE(8));
      skip = 16;
    } else if (length === 0) length = size - at;
    // The first box must be one that such files begin with, so that other formats are left after one read.
    if (seen === 0 && !['ftyp', 'moov', 'mdat', 'free', 'wide', 'skip'].includes(type)) return null;
    if (length < skip) return null;
    // Media that was cut short: its index, if it stands before, still tells how much is missing.
    if (at + length > size) break;
    if (type === 'moof') fragmented = true;
    if (type === 'moov') {
      if (length > indexLimit) return null;
      moov = Buffer.allocUnsafeSlow(length - skip);
      await file.read(moov, 0, moov.length, at + skip);
    }
    at += length;
  }
  return moov && { moov, fragmented };
}

function parse(path: string, moov: Buffer, fragmented: boolean, size: number): Movie | null {
  const boxes = boxesIn(moov);
  const mvhd = bodyAt(boxes, ['mvhd']);
  if (!mvhd) return null;
  const tracks: Track[] = [];
  for (const { type, body } of boxes) {
    if (type !== 'trak') continue;
    const track = parseTrack(body, size);
    if (!track) return null;
    tracks.push(track);
  }
  return {
    path,
    timescale: mvhd.readUInt32BE(mvhd.readUInt8(0) === 1 ? 20 : 12),
    fragmented: fragmented || bodyAt(boxes, ['mvex']) !== null,
    tracks,
    comment: parseComment(moov),
  };
}

function parseTrack(trak: Buffer, size: number): Track | null {
  const boxes = boxesIn(trak);
  const tkhd = bodyAt(boxes, ['tkhd']);
  const mdia = bodyAt(boxes, ['mdia']);
  if (!tkhd || !mdia) return null;
  const media = boxesIn(mdia);
  const mdhd = bodyAt(media, ['mdhd']);
  const hdlr = bodyAt(media, ['hdlr']);
  const stbl = bodyAt(media, ['minf', 'stbl']);
  if (!mdhd || !hdlr || !stbl) return null;
  const handler = hdlr.toString('latin1', 8, 12);
  const tables = boxesIn(stbl);
  const samples = readSamples(tables, size);
  const stsd = bodyAt(tables, ['stsd']);
  if (!samples || !stsd) return null;
  const matrixAt = tkhd.readUInt8(0) === 1 ? 52 : 40;
  return {
    handler: handler === 'vide' ? 'video' : handler === 'soun' ? 'sound' : 'other',
    timescale: mdhd.readUInt32BE(mdhd.readUInt8(0) === 1 ? 20 : 12),
    edits: parseEdits(bodyAt(boxes, ['edts', 'elst'])),
    matrix: tkhd.subarray(matrixAt, matrixAt + 36),
    entry: stsd.readUInt32BE(4) === 1 ? stsd.subarray(8, 8 + stsd.readUInt32BE(8)) : null,
    samples,
  };
}

function parseEdits(elst: Buffer | null): Edit[] {
  if (!elst) return [];
  const wide = elst.readUInt8(0) === 1;
  const count = Math.min(elst.readUInt32BE(4), Math.floor((elst.length - 8) / (wide ? 20 : 12)));
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * (wide ? 20 : 12);
    return wide
      ? { duration: Number(elst.readBigUInt64BE(at)), start: Number(elst.readBigInt64BE(at + 8)) }
      : { duration: elst.readUInt32BE(at), start: elst.readInt32BE(at + 4) };
  });
}

/** iTunes' comment tag: moov/udta/meta/ilst/©cmt/data; `meta` is a full box there. */
function parseComment(moov: Buffer): string | null {
  const meta = bodyAt(boxesIn(moov), ['udta', 'meta']);
  if (!meta) return null;
  const data = bodyAt(boxesIn(meta.subarray(4)), ['ilst', '\u00a9cmt', 'data']);
  return data && data.length >= 8 ? data.toString('utf8', 8) : null;
}
