import type { VideoFacts } from '../../dsl/facts.ts';
import { toneMapNote } from '../ffmpeg/tone-map.ts';
import { isUneven } from './frame-filters.ts';
import type { Stage } from './stages.ts';

/** What the asker should know of frame work; `out` is the size that comes out of the stages, null where it is brought to another. */
export function notesOf(
  facts: VideoFacts,
  stages: readonly Stage[],
  out: { width: number; height: number } | null,
): string[] {
  const { rate, variable } = facts;
  const perSecond = rate.num / rate.den;
  const range = toneMapNote('the clip', facts);
  const short = stages.some(
    (stage) => stage.do === 'grade' && stage.args.shutter !== null && stage.args.shutter * perSecond < 0.5,
  );
  return [
    ...(range === null ? [] : [range]),
    ...(variable && stages.some((stage) => stage.do === 'enhance')
      ? [
          `the clip's rate varies: it was made constant at ${rate.num}/${rate.den} frames a second, frames repeated or dropped where they stood; sound stays in sync`,
        ]
      : []),
    ...(short
      ? ['the shutter is shorter than half a frame: a clip cannot become sharper than it was filmed']
      : []),
    ...(out && isUneven(out)
      ? [`${out.width}x${out.height} was made even by repeating the last column or row`]
      : []),
  ];
}
