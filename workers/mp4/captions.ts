import { type FileHandle, open } from 'node:fs/promises';
import { lineReader, type Pair } from './caption-text.ts';
import { copyableVideo } from './cuts.ts';
import type { Samples } from './movie.ts';
import { readMovie } from './read.ts';

/** Bytes at the beginning of a packet in which captions stand: before its slices, behind parameter sets and the encoder's own words. */
const headBytes = 8192;

/** Bytes read at a time where packets are small. */
const windowBytes = 256 * 1024;

/** `GA94` and the type of captions (ATSC A/53 part 4 §6.2.2), as every codec carries them: in SEI of H.264 and H.265, in user data of MPEG-4, in metadata of AV1. */
const marker = Buffer.from('GA94\x03', 'latin1');

/** The closed captions among the pictures of an MP4 file, in the order in which they are shown; '' where there are none, and for files whose packets are never copied, of which
 * captions do not come along. Reads the beginning of each packet and decodes nothing. */
export async function readCaptions(path: string, most: number, signal?: AbortSignal): Promise<string> {
  const movie = await readMovie(path);
  const video = movie && copyableVideo(movie);
  if (!video) return '';
  const { samples } = video.track;
  const found: { time: number; pairs: Pair[] }[] = [];
  const file = await open(path, 'r');
  try {
    const head = headReader(file, samples);
    let time = 0;
    for (let at = 0; at < samples.count; at++) {
      if (at % 1000 === 0) signal?.throwIfAborted();
      const pairs = pairsIn(await head(at));
      if (pairs.length > 0) found.push({ time: time + (samples.compositions[at] ?? 0), pairs });
      time += samples.durations[at] ?? 0;
    }
  } finally {
    await file.close();
  }
  const lines = lineReader(most);
  for (const { pairs } of found.sort((a, b) => a.time - b.time)) for (const pair of pairs) lines.take(pair);
  return lines.text();
}

/** Reads the beginnings of packets: through a window where they lie close together, each by itself where they are large. */
function headReader(file: FileHandle, { offsets, sizes }: Samples): (at: number) => Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(windowBytes);
  let held = { from: 0, length: 0 };
  return async (at) => {
    const [offset, size] = [offsets[at] ?? 0, Math.min(sizes[at] ?? 0, headBytes)];
    if (offset < held.from || offset + size > held.from + held.length) {
      const length = (sizes[at] ?? 0) > windowBytes / 4 ? size : windowBytes;
      const { bytesRead } = await file.read(buffer, 0, length, offset);
      held = { from: offset, length: bytesRead };
    }
    const start = offset - held.from;
    return buffer.subarray(start, Math.min(start + size, held.length));
  };
}

/** The caption pairs of a packet (CEA-708 §4.3.5): `cc_data` has up to 31 of three bytes. */
function pairsIn(head: Buffer): Pair[] {
  const pairs: Pair[] = [];
  for (let at = head.indexOf(marker); at !== -1; at = head.indexOf(marker, at + marker.length)) {
    const data = withoutPrevention(head.subarray(at + marker.length, at + marker.length + 160));
    const count = (data[0] ?? 0) & 31;
    // Two bytes stand before the pairs: flags with their number, and one that is reserved.
    for (let n = 0; n < count; n++) {
      const [flags, one, two] = data.subarray(2 + 3 * n, 5 + 3 * n);
      if (two === undefined) break;
      if (flags! & 4) pairs.push({ type: flags! & 3, one: one!, two });
    }
  }
  return pairs;
}

/** H.264 and H.265 put a 3 behind two zeros, so that nothing looks like the start of a unit. */
function withoutPrevention(bytes: Buffer): Buffer {
  const kept = Buffer.alloc(bytes.length);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    kept[length++] = byte;
  }
  return kept.subarray(0, length);
}
