import type { VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';

/** What to say when fewer frames came than the clip has by its index: results are then of what could be read. */
export function cutShort(read: number, facts: VideoFacts): string[] {
  // A frame more or less is rounding, where the rate varies.
  if (read >= facts.frames - 1) return [];
  return [`only ${read} of ${facts.frames} frames could be read: the clip is damaged after that`];
}

/** Said of a clip that has an index and not one frame that can be decoded. */
export function noPicture(): Failure {
  return new Failure('user', 'PQL433', 'no frame of the clip can be read: it is damaged', {
    hint: 'check that it plays, or copy it again',
  });
}
