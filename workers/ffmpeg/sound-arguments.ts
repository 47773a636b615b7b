import type { VideoFacts } from '../../dsl/facts.ts';
import { soundEncoding, soundShape } from './encoding.ts';

/** A stretch of a sound, in seconds from the place where reading begins. */
export interface SoundCut {
  from: number;
  seconds: number;
}

/** Arguments for a clip's sound in what is made of it. Whole, its packets are copied where MP4 holds the codec and browsers play it. Cut, it is
 * decoded, cut or filled with silence to the sample, and encoded. */
export function soundArguments({ audio }: VideoFacts, cut: SoundCut | null): string[] {
  if (audio === null) return [];
  if (cut === null) return heldByMp4.includes(audio.codec) ? ['-c:a', 'copy'] : soundEncoding();
  const [first, length] = [samples(cut.from), samples(cut.seconds)];
  const filters = [
    `aresample=${soundShape.rate}:async=1:first_pts=0`,
    'apad',
    `atrim=start_sample=${first}:end_sample=${first + length}`,
    'asetpts=PTS-STARTPTS',
  ];
  return ['-af', filters.join(','), ...soundEncoding()];
}

const heldByMp4 = ['aac', 'mp3'];

function samples(seconds: number): number {
  return Math.round(seconds * soundShape.rate);
}
