import type { Readable } from 'node:stream';
import { startChild } from '../process/child.ts';
import { safeInput } from './input.ts';
import { runFlags, tailOf } from './run.ts';
import type { MediaTools } from './tools.ts';
import { failureFromFfmpeg } from './words.ts';

/** Seconds from one loudness to the next, as EBU R 128 wants it. */
export const loudnessStep = 0.1;

/** Momentary loudness of a clip's first sound in LUFS: entry k is of the 400 ms that end at (k + 1) × 100 ms, from the clip's time 0 on.
 * Gaps count as silence, about -120. */
export async function momentaryLoudness(
  tools: MediaTools,
  path: string,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  signal?.throwIfAborted();
  const child = startChild(tools.ffmpeg, [...runFlags, ...loudnessArguments(path)], { signal });
  const said = tailOf(child.process.stderr);
  const loudness: number[] = [];
  const read = lineReader((line) => {
    const value = /^lavfi\.r128\.M=(\S+)/.exec(line)?.[1];
    if (value !== undefined) loudness.push(Number(value));
  });
  (child.process.stdout as Readable).setEncoding('utf8').on('data', read);
  const ending = await child.ended;
  signal?.throwIfAborted();
  if (ending.code !== 0) throw failureFromFfmpeg('listening', ending, said());
  return loudness;
}

/** Arguments that print the loudness of a clip's sound to standard output; a late beginning and gaps are filled with silence. */
export function loudnessArguments(path: string): string[] {
  const filters = [
    'aresample=48000:async=1:first_pts=0',
    'ebur128=metadata=1:framelog=quiet',
    'ametadata=mode=print:key=lavfi.r128.M:file=pipe\\\\:1',
  ];
  return [
    ...safeInput(path),
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', filters.join(','), '-f', 'null', '-'],
  ];
}

function lineReader(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
