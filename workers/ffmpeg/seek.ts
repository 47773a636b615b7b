import type { Rational, VideoFacts } from '../../dsl/facts.ts';

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

/** Containers whose index ffmpeg seeks by exactly. */
const seekable = ['mp4', 'matroska'];

/** H.264 in 4:4:4 must be decoded from its first frame: only there x264 says its version, by which the decoder mends what older
 * versions wrote (a bird at 11.5 s came out green). */
function canSeek({ codec, container, pixelFormat }: VideoFacts): boolean {
  return seekable.includes(container) && !(codec === 'h264' && !pixelFormat.startsWith('yuv420p'));
}
