import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { canSeek } from '../../dsl/seekable.ts';

/** Where to begin reading for frame `from` of a clip at this rate, at least two seconds early and on a frame of the rate: ffmpeg drops what
 * lies before the place it was sent to, and the constant rate must have settled before frames are counted. `before` are input options,
 * `skip` frames are then left out, `seconds` lie before what is read. */
export function seekFrame(
  facts: VideoFacts,
  from: number,
  rate: Rational,
): { before: string[]; skip: number; seconds: number } {
  const early = from - Math.ceil((2 * rate.num) / rate.den);
  if (early <= 0 || !canSeek(facts)) return { before: [], skip: from, seconds: 0 };
  const seconds = ((early * rate.den) / rate.num).toFixed(6);
  return { before: ['-ss', seconds], skip: from - early, seconds: Number(seconds) };
}
