import type { Readable, Writable } from 'node:stream';
import { startChild } from '../process/child.ts';
import { damageReader } from './damage.ts';
import { soundEncoding, soundShape } from './encoding.ts';
import { safeInput } from './input.ts';
import { finishRun, runFlags, tailOf } from './run.ts';
import type { MediaTools } from './tools.ts';
import { failureFromFfmpeg } from './words.ts';

/** One clip's place in a soundtrack, in samples of 48 kHz. Neighbours may overlap: there one fades into the other. */
export interface SoundPart {
  /** Null is silence. */
  path: string | null;
  start: number;
  end: number;
  /** Samples of the clip's own sound to leave out before it begins. */
  skip: number;
}

/** Bytes of one sample of both channels as 32-bit floats. */
const frame = 4 * soundShape.channels;

/** Decodes the clips' sound one after another, cuts or fills each to the sample, and encodes all of it once: no priming or padding
 * between clips, so that nothing drifts however many there are. One decoder at a time, memory flat. Answers the numbers of the parts
 * whose sound could not be read whole. */
export async function encodeSoundtrack(
  tools: MediaTools,
  parts: readonly SoundPart[],
  output: string,
  options: { signal?: AbortSignal | undefined; onProgress?: (fraction: number) => void },
): Promise<number[]> {
  options.signal?.throwIfAborted();
  const child = startChild(tools.ffmpeg, [...runFlags, '-progress', 'pipe:1', ...encoderArguments(output)], {
    signal: options.signal,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = finishRun(child, { doing: 'writing the sound', signal: options.signal });
  ended.catch(() => {});
  const stdin = child.process.stdin as Writable;
  stdin.on('error', () => {});
  const total = parts.at(-1)?.end ?? 0;
  let written = 0;
  const put = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) => {
      written += bytes.length;
      options.onProgress?.(Math.min(1, written / frame / Math.max(1, total)));
      stdin.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  const damaged: number[] = [];
  try {
    await playAll(tools, parts, put, (index) => damaged.push(index), options.signal);
    stdin.end();
  } catch (error) {
    // A broken pipe is news of the encoder's death: its own words are better.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') await ended;
    child.process.kill('SIGKILL');
    await ended.catch(() => {});
    throw error;
  }
  await ended;
  return damaged;
}

async function playAll(
  tools: MediaTools,
  parts: readonly SoundPart[],
  put: (bytes: Buffer) => Promise<void>,
  onDamage: (index: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  // What the clip before still plays while this one begins.
  let fading: Buffer = Buffer.alloc(0);
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const shared = next ? Math.max(0, part.end - next.start) * frame : 0;
    const body = (part.end - part.start) * frame - shared;
    let at = 0;
    const kept: Buffer[] = [];
    for await (const piece of play(tools, part, () => onDamage(index), signal)) {
      crossFade(piece, at, fading);
      const now = Math.max(0, Math.min(piece.length, body - at));
      if (now > 0) await put(piece.subarray(0, now));
      if (now < piece.length) kept.push(Buffer.from(piece.subarray(now)));
      at += piece.length;
    }
    fading = Buffer.concat(kept);
  }
}

/** Mixes what fades out into the beginning of a clip; equal power, so that the loudness stays (sin² + cos² = 1). */
function crossFade(piece: Buffer, at: number, fading: Buffer): void {
  for (let byte = 0; byte + 4 <= piece.length && at + byte + 4 <= fading.length; byte += 4) {
    const turn = (((Math.floor((at + byte) / frame) + 0.5) / (fading.length / frame)) * Math.PI) / 2;
    const mixed = piece.readFloatLE(byte) * Math.sin(turn) + fading.readFloatLE(at + byte) * Math.cos(turn);
    piece.writeFloatLE(mixed, byte);
  }
}

/** Exactly the samples of one part: decoded, then silence. */
async function* play(
  tools: MediaTools,
  part: SoundPart,
  onDamage: () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let left = (part.end - part.start) * frame;
  if (part.path !== null)
    for await (const piece of decode(tools, part.path, part.skip, onDamage, signal)) {
      const taken = piece.length > left ? piece.subarray(0, left) : piece;
      left -= taken.length;
      if (taken.length > 0) yield taken;
      if (left === 0) break;
    }
  for (; left > 0; left -= Math.min(left, 65_536)) yield Buffer.alloc(Math.min(left, 65_536));
}

/** A clip's sound from its time 0 on, in whole samples. */
async function* decode(
  tools: MediaTools,
  path: string,
  skip: number,
  onDamage: () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const child = startChild(tools.ffmpeg, [...runFlags, ...decoderArguments(path, skip)], { signal });
  const { read: hear, damage } = damageReader();
  const said = tailOf(child.process.stderr, hear);
  let rest: Buffer = Buffer.alloc(0);
  // What ffmpeg says once nobody reads on is that nobody reads on.
  let damaged = false;
  try {
    for await (const chunk of child.process.stdout as Readable as AsyncIterable<Buffer>) {
      damaged = damage().any;
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const whole = bytes.length - (bytes.length % frame);
      rest = bytes.subarray(whole);
      if (whole > 0) yield bytes.subarray(0, whole);
    }
    const ending = await child.ended;
    damaged = damage().any;
    signal?.throwIfAborted();
    if (ending.code !== 0) throw failureFromFfmpeg('reading the sound', ending, said());
  } finally {
    child.process.kill('SIGKILL');
    child.process.stdout?.destroy();
    await child.ended.catch(() => {});
    if (damaged) onDamage();
  }
}

/** Arguments that write a clip's sound as raw floats; gaps are filled with silence and a late beginning too. */
function decoderArguments(path: string, skip: number): string[] {
  const filters = [`aresample=${soundShape.rate}:async=1:first_pts=0`, 'aformat=flt:channel_layouts=stereo'];
  if (skip > 0) filters.push(`atrim=start_sample=${skip}`);
  return [
    ...safeInput(path),
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', filters.join(','), '-f', 'f32le', 'pipe:1'],
  ];
}

/** Arguments that encode raw floats from standard input. */
function encoderArguments(output: string): string[] {
  return [
    ...['-f', 'f32le', '-ar', String(soundShape.rate), '-ac', String(soundShape.channels), '-i', 'pipe:0'],
    ...soundEncoding(),
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mp4', `file:${output}`],
  ];
}
