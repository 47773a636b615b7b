import { cleanCuts } from '../mp4/cuts.ts';
import type { Clip } from './clip.ts';

/** A stretch of a film: packets of a clip, frames of it encoded anew, or one clip becoming the next. Frames are counted in the clip
 * at the film's rate. */
export type Part =
  | { do: 'copy'; clip: number; from: number; to: number }
  | { do: 'encode'; clip: number; from: number; to: number }
  | { do: 'transition'; clip: number; from: number; into: number; frames: number };

/** Splits frames [from, to) of a clip into what can be copied, between key frames where a cut is clean, and the ends that must be
 * encoded. Without `copy` all of it is encoded. */
export function partsOf(clip: number, from: number, to: number, copy: Clip['video']): Part[] {
  if (to <= from) return [];
  const cuts = copy ? cleanCuts(copy.track) : [];
  const first = cuts.find((cut) => cut >= from);
  const last = cuts.findLast((cut) => cut <= to);
  if (first === undefined || last === undefined || first >= last) return [{ do: 'encode', clip, from, to }];
  return [
    ...(from < first ? [{ do: 'encode', clip, from, to: first } as const] : []),
    { do: 'copy', clip, from: first, to: last },
    ...(last < to ? [{ do: 'encode', clip, from: last, to } as const] : []),
  ];
}
