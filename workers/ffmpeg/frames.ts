import type { Readable, Writable } from 'node:stream';
import type { VideoFacts } from '../../dsl/facts.ts';
import { startChild } from '../process/child.ts';
import { freeAtOnce } from '../process/free-at-once.ts';
import { type Damage, damageReader } from './damage.ts';
import {
  type DecodeOptions,
  decodeArguments,
  type EncodeOptions,
  encodeArguments,
} from './frame-arguments.ts';
import { finishRun, runFlags, tailOf } from './run.ts';
import type { MediaTools } from './tools.ts';
import { failureFromFfmpeg, notWhatWasAsked } from './words.ts';

/** Raw frames of a clip, one at a time. Back-pressure: ffmpeg stops decoding when nobody takes frames (a pipe holds 64 KB), so that
 * memory stays flat however long the clip is. Dispose of it in every case; that kills an ffmpeg that is still at work. */
export interface FrameSource extends AsyncDisposable {
  width: number;
  height: number;
  /** Bytes of one frame: `frameBytes(pixelFormat, width, height)`. */
  frameBytes: number;
  /** Yields each frame in order, once. The buffer is the consumer's to keep or change. Throws a Failure when decoding ended badly,
   * the signal's reason when it was aborted. */
  frames: AsyncIterable<Buffer>;
  /** What could not be read whole of the frames so far. */
  damage(): Damage;
}

/** Where raw frames are written to become a clip. Dispose of it in every case; that kills an ffmpeg that is still at work, and the
 * half-written output must then not be used. */
export interface FrameSink extends AsyncDisposable {
  frameBytes: number;
  /** Hands over one frame; resolves when there is room for the next, so awaiting it is the back-pressure. The bytes are kept until
   * then: do not change the buffer before. */
  write(frame: Uint8Array): Promise<void>;
  /** Ends the clip: resolves when the file is complete and has exactly the frames that were written, or that its shape has. */
  finish(): Promise<{ frames: number }>;
}

/** Decodes a clip to raw frames at a constant rate, turned upright, with square pixels.
 * Example: `const source = opened.add(decodeFrames(tools, input.path, facts, { pixelFormat: 'rgb24', signal }));`
 * `for await (const frame of source.frames) …` */
export function decodeFrames(
  tools: MediaTools,
  path: string,
  facts: VideoFacts,
  options: DecodeOptions,
): FrameSource {
  const width = options.width ?? facts.width;
  const height = options.height ?? facts.height;
  const bytes = frameBytes(options.pixelFormat, width, height);
  options.signal?.throwIfAborted();
  const child = startChild(tools.ffmpeg, [...runFlags, ...decodeArguments(path, facts, options)], {
    signal: options.signal,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const { read: hear, damage } = damageReader();
  const said = tailOf(child.process.stderr, hear);
  async function* frames(): AsyncGenerator<Buffer> {
    const rest = yield* cut(child.process.stdout as Readable, bytes);
    const ending = await child.ended;
    options.signal?.throwIfAborted();
    if (ending.code !== 0) throw failureFromFfmpeg('reading frames', ending, said());
    if (rest > 0) throw notWhatWasAsked('reading frames', 'the last frame came only in part');
  }
  return {
    width,
    height,
    frameBytes: bytes,
    frames: frames(),
    damage,
    async [Symbol.asyncDispose]() {
      child.process.kill('SIGKILL');
      child.process.stdout?.destroy();
      await child.ended.catch(() => {});
    },
  };
}

/** Encodes raw frames to an MP4 with the house's settings (`encoding.ts`).
 * Example: `const sink = opened.add(encodeFrames(tools, { width, height, rate, pixelFormat: 'rgba', output, recipe, signal }));`
 * `await sink.write(frame); … await sink.finish();` */
export function encodeFrames(tools: MediaTools, options: EncodeOptions): FrameSink {
  const bytes = frameBytes(options.pixelFormat, options.width, options.height);
  options.signal?.throwIfAborted();
  const child = startChild(tools.ffmpeg, [...runFlags, '-progress', 'pipe:1', ...encodeArguments(options)], {
    signal: options.signal,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdin = child.process.stdin as Writable;
  // A broken pipe only says that ffmpeg is gone; why, its exit code and last words tell in `finish`.
  stdin.on('error', () => {});
  let written = 0;
  const run = { doing: 'writing frames', signal: options.signal };
  const ended = finishRun(child, run);
  ended.catch(() => {});
  return {
    frameBytes: bytes,
    async write(frame) {
      if (frame.byteLength !== bytes) throw new Error(`a frame has ${bytes} bytes, not ${frame.byteLength}`);
      const room = new Promise<void>((resolve, reject) =>
        stdin.write(frame, (error) => (error ? reject(error) : resolve())),
      );
      try {
        await room;
      } catch (error) {
        await ended;
        throw error;
      }
      written++;
    },
    async finish() {
      stdin.end();
      const report = await ended;
      if (report.frames !== (options.shape?.frames ?? written))
        throw notWhatWasAsked('writing frames', `${written} frames went in and ${report.frames} came out`);
      return { frames: report.frames };
    },
    async [Symbol.asyncDispose]() {
      child.process.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}

/** Bytes of one raw frame; chroma of the yuv formats is rounded up for odd sizes. */
export function frameBytes(format: RawFormat, width: number, height: number): number {
  const half = Math.ceil(width / 2) * Math.ceil(height / 2);
  switch (format) {
    case 'gray':
      return width * height;
    case 'yuv420p':
      return width * height + 2 * half;
    case 'rgb24':
    case 'gbrp':
    case 'yuv444p':
      return 3 * width * height;
    case 'rgba':
    case 'bgra':
      return 4 * width * height;
    case 'rgb48le':
      return 6 * width * height;
  }
}

/** Pixel formats that raw frames may have. */
export type RawFormat = DecodeOptions['pixelFormat'];
export type { DecodeOptions, EncodeOptions } from './frame-arguments.ts';

/** Cuts a stream into pieces of exactly `size` bytes, copying each byte once; returns how many bytes were left over. One piece is read
 * ahead. By events, since a stream that is iterated joins its chunks and leaves both them and the whole to be collected. */
async function* cut(stream: Readable, size: number): AsyncGenerator<Buffer, number> {
  const whole: Buffer[] = [];
  let frame = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  let ended = false;
  let failed: unknown;
  let wake = () => {};
  stream.on('data', (chunk: Buffer) => {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(frame, filled, from);
      from += taken;
      filled += taken;
      if (filled < size) continue;
      whole.push(frame);
      frame = Buffer.allocUnsafeSlow(size);
      filled = 0;
    }
    freeAtOnce(chunk);
    if (whole.length === 0) return;
    stream.pause();
    wake();
  });
  stream.once('error', (error) => {
    failed = error;
  });
  stream.once('close', () => {
    ended = true;
    wake();
  });
  try {
    for (;;) {
      const next = whole.shift();
      if (next) {
        if (whole.length === 0) stream.resume();
        yield next;
      } else if (failed !== undefined) throw failed;
      else if (ended) return filled;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stream.destroy();
  }
}
