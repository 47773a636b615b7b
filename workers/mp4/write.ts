import { type FileHandle, open } from 'node:fs/promises';
import { whileOpen } from '../../engine/opened.ts';
import { box, u32 } from './box.ts';
import { type Reel, type Strip, unroll } from './reel.ts';
import { type Chunk, indexOf } from './tables.ts';

export interface WriteOptions {
  /** The comment tag. */
  comment: string;
  signal?: AbortSignal | undefined;
  /** Bytes written so far and in all. */
  onProgress?: (written: number, total: number) => void;
}

/** Bytes read and written at a time. */
const window = 4 * 1024 * 1024;

/** Seconds of a track that lie together, so that a player that reads forwards has picture and sound at hand. */
const interleave = 0.5;

/** Writes an MP4 from samples of other files, index first, in one pass. Memory does not grow with the media, only with its index
 * (about 40 bytes a sample). Throws ENOSPC and the like as they come; the caller's file is then not to be used. */
export async function writeMovie(path: string, reels: readonly Reel[], options: WriteOptions): Promise<void> {
  const { strips, paths } = unroll(reels);
  const chunks = layOut(strips);
  const sizes = chunks.map(({ track, first, count }) => sum(strips[track]!.sizes, first, count));
  const payload = sizes.reduce((total, size) => total + size, 0);
  const ftyp = box('ftyp', Buffer.from('isom'), u32(512), Buffer.from('isomiso2avc1mp41'));
  const wide = payload > 0xf000_0000;
  const index = (offsets: Float64Array) => indexOf(strips, chunks, offsets, wide, options.comment);
  const start = ftyp.length + index(new Float64Array(chunks.length)).length + (wide ? 16 : 8);
  const offsets = new Float64Array(chunks.length);
  let at = start;
  for (const [chunk, size] of sizes.entries()) {
    offsets[chunk] = at;
    at += size;
  }
  await whileOpen(async (opened) => {
    const out = new Outbound(opened.add(await open(path, 'wx')));
    await out.put(Buffer.concat([ftyp, index(offsets), mediaHeader(payload, wide)]));
    // A reader a track: picture and sound each go forwards only, and may come from different files.
    const sources = strips.map(() => opened.add(new Inbound(paths)));
    for (const { track, first, count } of chunks) {
      options.signal?.throwIfAborted();
      const { files, offsets: places, sizes: lengths } = strips[track]!;
      for (let sample = first; sample < first + count; sample++)
        await out.put(await sources[track]!.take(files[sample]!, places[sample]!, lengths[sample]!));
      options.onProgress?.(out.written, start + payload);
    }
    await out.flush();
  });
}

/** Chunks of half a second of each track, in the order of their time. */
function layOut(strips: readonly Strip[]): Chunk[] {
  const chunks: (Chunk & { time: number })[] = [];
  for (const [track, { reel, count }] of strips.entries()) {
    const each = Math.max(1, Math.round((interleave * reel.timescale) / reel.tick));
    for (let first = 0; first < count; first += each)
      chunks.push({
        track,
        first,
        count: Math.min(each, count - first),
        time: (first * reel.tick) / reel.timescale,
      });
  }
  return chunks.sort((a, b) => a.time - b.time || a.track - b.track);
}

function mediaHeader(payload: number, wide: boolean): Buffer {
  if (!wide) return Buffer.concat([u32(payload + 8), Buffer.from('mdat')]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(payload + 16));
  return Buffer.concat([u32(1), Buffer.from('mdat'), size]);
}

function sum(values: Uint32Array, first: number, count: number): number {
  let total = 0;
  for (let index = first; index < first + count; index++) total += values[index] ?? 0;
  return total;
}

/** Collects small writes into large ones. */
class Outbound {
  written = 0;
  readonly #file: FileHandle;
  readonly #buffer = Buffer.allocUnsafeSlow(window);
  #filled = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async put(bytes: Buffer): Promise<void> {
    if (this.#filled + bytes.length > window) await this.flush();
    this.written += bytes.length;
    if (bytes.length > window) return this.#write(bytes);
    bytes.copy(this.#buffer, this.#filled);
    this.#filled += bytes.length;
  }

  async flush(): Promise<void> {
    const filled = this.#filled;
    this.#filled = 0;
    await this.#write(this.#buffer.subarray(0, filled));
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
  }
}

/** Reads samples through a window: samples of a clip lie near each other, so that one read serves hundreds. */
class Inbound implements AsyncDisposable {
  readonly #paths: readonly string[];
  #open: { file: FileHandle; of: number } | null = null;
  readonly #buffer = Buffer.allocUnsafeSlow(window / 4);
  #held: { of: number; at: number; length: number } = { of: -1, at: 0, length: 0 };

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  async take(of: number, at: number, size: number): Promise<Buffer> {
    const held = this.#held;
    if (held.of === of && at >= held.at && at + size <= held.at + held.length)
      return this.#buffer.subarray(at - held.at, at - held.at + size);
    const file = await this.#file(of);
    if (size > this.#buffer.length) {
      const large = Buffer.allocUnsafeSlow(size);
      await fill(file, large, at, size);
      return large;
    }
    const length = await fill(file, this.#buffer, at, size);
    this.#held = { of, at, length };
    return this.#buffer.subarray(0, size);
  }

  async #file(of: number): Promise<FileHandle> {
    if (this.#open?.of === of) return this.#open.file;
    await this.#open?.file.close();
    this.#open = { file: await open(this.#paths[of]!, 'r'), of };
    return this.#open.file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.file.close();
  }
}

/** Fills the buffer from a place in a file as far as the file goes; throws when not even `least` bytes are there. */
async function fill(file: FileHandle, buffer: Buffer, at: number, least: number): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, at + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length < least) throw new RangeError(`a sample at ${at} lies beyond the file's end`);
  return length;
}
