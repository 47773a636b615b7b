import type { Readable } from 'node:stream';
import { Failure } from '../../engine/failure.ts';
import { type Child, startChild } from '../process/child.ts';
import { type Damage, damageReader } from './damage.ts';
import { type FfmpegProgress, progressReader } from './progress.ts';
import type { MediaTools } from './tools.ts';
import { failureFromFfmpeg, notWhatWasAsked } from './words.ts';

export interface RunOptions {
  /** For people, after "while": `joining clips`. */
  doing: string;
  signal?: AbortSignal | undefined;
  /** Folder to start in, for filters that name files. */
  cwd?: string;
  onProgress?: (progress: FfmpegProgress) => void;
  /** Frames that the output must have; anything else is a Failure. */
  frames?: number;
}

export interface RunReport {
  frames: number;
  seconds: number;
  /** What could not be read whole of what went in. */
  damage: Damage;
}

/** Options of every run: never asks, tells its progress on standard output, and on standard error each thing that is wrong, with its level and
 * as often as it happens. */
export const runFlags: readonly string[] = Object.freeze([
  '-hide_banner',
  '-nostdin',
  '-y',
  '-v',
  'repeat+level+warning',
  '-stats_period',
  '0.25',
]);

/** Runs ffmpeg to its end. It succeeded only when it exited 0 by itself, closed its progress report, and wrote as many frames as
 * were expected: a killed ffmpeg leaves a valid but shorter file. */
export async function runFfmpeg(
  tools: MediaTools,
  args: readonly string[],
  options: RunOptions,
): Promise<RunReport> {
  options.signal?.throwIfAborted();
  const child = startChild(tools.ffmpeg, [...runFlags, '-progress', 'pipe:1', ...args], {
    signal: options.signal,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return finishRun(child, options);
}

/** Follows a started ffmpeg whose standard output is its progress report; see `runFfmpeg`. */
export async function finishRun(child: Child, options: RunOptions): Promise<RunReport> {
  let last: FfmpegProgress = { frames: 0, seconds: 0, fps: 0, ended: false };
  const read = progressReader((progress) => {
    last = progress;
    options.onProgress?.(progress);
  });
  child.process.stdout?.setEncoding('utf8').on('data', read);
  const { read: hear, damage } = damageReader();
  const said = tailOf(child.process.stderr, hear);
  const ending = await child.ended.catch((cause: unknown) => {
    throw new Failure('permanent', 'PQL634', 'ffmpeg cannot be started', {
      hint: 'pql doctor shows which ffmpeg is used and why',
      cause,
    });
  });
  options.signal?.throwIfAborted();
  if (ending.code !== 0) throw failureFromFfmpeg(options.doing, ending, said());
  if (!last.ended) throw notWhatWasAsked(options.doing, 'ffmpeg stopped before its work was done');
  if (options.frames !== undefined && last.frames !== options.frames)
    throw notWhatWasAsked(
      options.doing,
      `${options.frames} frames were expected and ${last.frames} were made`,
    );
  return { frames: last.frames, seconds: last.seconds, damage: damage() };
}

/** Collects the last 8 KB of a stream and answers them when asked; `hear` is told all of it. */
export function tailOf(stream: Readable | null, hear: (text: string) => void = () => {}): () => string {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-8192);
    hear(text);
  });
  return () => tail.trim();
}
