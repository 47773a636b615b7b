import { Failure } from '../../engine/failure.ts';
import { startChild } from '../process/child.ts';
import { mediaLimits } from './limits.ts';
import { tailOf } from './run.ts';
import type { MediaTools } from './tools.ts';
import { failureFromFfmpeg } from './words.ts';

/** Runs ffprobe and hands its standard output over line by line. Throws a Failure in words when the file is no readable media or
 * looking at it takes too long. */
export async function runFfprobe(
  tools: MediaTools,
  args: readonly string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(mediaLimits.probeMilliseconds);
  // A statically linked ffprobe crashes in iconv on the service names of MPEG-TS when it loads the system's converters.
  const child = startChild('env', ['GCONV_PATH=/nonexistent', tools.ffprobe, ...args], {
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  const said = tailOf(child.process.stderr);
  let rest = '';
  child.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  const ending = await child.ended.catch((cause: unknown) => {
    throw new Failure('permanent', 'PQL634', 'ffprobe cannot be started', {
      hint: 'pql doctor shows which ffprobe is used and why',
      cause,
    });
  });
  signal?.throwIfAborted();
  if (limit.aborted)
    throw new Failure('user', 'PQL438', 'looking at the file took too long', {
      hint: 'it may be damaged, or made to keep programs busy; convert it to mp4 first',
    });
  if (ending.code !== 0) throw failureFromFfmpeg('reading the file', ending, said());
  // ffprobe answers without sizes, and exits 0, when the decoder refuses them.
  if (/exceeds specified max pixel count/.test(said()))
    throw failureFromFfmpeg('reading the file', ending, said());
  if (rest !== '') onLine(rest);
}
