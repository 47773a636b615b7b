import { join } from 'node:path';
import { showSeconds } from '../../dsl/amounts.ts';
import type { SoundFacts } from '../../dsl/facts.ts';
import { containerEncoding } from '../ffmpeg/encoding.ts';
import { safeInput } from '../ffmpeg/input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import type { Desk, Input } from '../handler.ts';
import type { FitTools, Fitted } from './fitted.ts';

/** Bits a second: more is not heard, less is not listened to. */
const [most, least] = [192_000, 32_000];

/** A sound of at most `bytes`: AAC at the rate that fits, and of what is too long even so the beginning; null when nothing fits. */
export async function fitSound(
  tools: FitTools,
  input: Input & { facts: SoundFacts },
  bytes: number,
  desk: Desk,
): Promise<Fitted | null> {
  const { duration, audio } = input.facts;
  const file = join(desk.scratch, 'preview.m4a');
  for (const margin of [0.95, 0.85, 0.7]) {
    const room = (bytes - 4096) * 8 * margin;
    const seconds = Math.min(duration, room / least);
    if (seconds < 0.5) return null;
    const bits = Math.floor(Math.min(most, room / seconds));
    const channels = bits < 64_000 ? 1 : Math.min(2, audio.channels);
    const args = [
      ...safeInput(input.path),
      ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-t', seconds.toFixed(3)],
      ...['-c:a', 'aac', '-b:a', String(bits), '-ar', '48000', '-ac', String(channels)],
      ...containerEncoding(''),
      `file:${file}`,
    ];
    await runFfmpeg(tools.media, args, { doing: 'making a preview', signal: desk.signal });
    const facts = await tools.prober.probe(file, desk.signal);
    if (facts.bytes > bytes) continue;
    const part = seconds < duration - 0.5 ? `the first ${showSeconds(seconds)} ` : '';
    return { file, facts, says: `a preview: ${part}at ${Math.round(bits / 1000)} kbit/s` };
  }
  return null;
}
