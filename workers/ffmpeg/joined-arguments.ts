import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { containerEncoding, timescale } from './encoding.ts';
import { safeInput } from './input.ts';
import { type SoundCut, soundArguments } from './sound-arguments.ts';

/** Arguments that put the sound of a clip beside pictures that are encoded already: packets of pictures are copied, the sound is what it is
 * where a pass is encoded in one go. */
export function piecesJoinedArguments(
  pictures: string,
  clip: { path: string; facts: VideoFacts; before: readonly string[]; sound: SoundCut | null },
  rate: Rational,
  output: string,
  recipe: string,
): string[] {
  return [
    ...safeInput(pictures),
    ...safeInput(clip.path, clip.before),
    ...['-map', '0:v:0', ...(clip.facts.audio ? ['-map', '1:a:0'] : []), '-sn', '-dn'],
    ...['-c:v', 'copy', '-video_track_timescale', String(timescale(rate))],
    ...soundArguments(clip.facts, clip.sound),
    ...containerEncoding(recipe),
    `file:${output}`,
  ];
}
