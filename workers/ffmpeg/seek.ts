import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { canSeek } from '../../dsl/seekable.ts';

/** Seconds: ffmpeg drops what lies before the place it was sent to, and the constant rate must have settled before frames are counted. */
export const usualEarly = 2;

/** Where to begin reading for frame `from` of a clip at this rate, at least so many seconds early and on a frame of the rate. `before` are input options,
 * `skip` frames are then left out, `seconds` lie before what is read. */
export function seekFrame(
  facts: VideoFacts,
  from: number,
  rate: Rational,
  seconds = usualEarly,
): { before: string[]; skip: number; seconds: number } {
  const early = from - Math.ceil((seconds * rate.num) / rate.den);
  if (early <= 0 || !canSeek(facts)) return { before: [], skip: from, seconds: 0 };
  const begin = ((early * rate.den) / rate.num).toFixed(6);
  return { before: ['-ss', begin], skip: from - early, seconds: Number(begin) };
}
