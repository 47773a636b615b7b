import { Failure } from '../../engine/failure.ts';

/** What to say when less came than a clip has by its index: results are then of what could be read. */
export function cutShort(read: number, all: number, noun: 'frames' | 'samples'): string[] {
  // One more or less is rounding, where the rate varies.
  if (read >= all - 1) return [];
  return [`only ${read} of ${all} ${noun} could be read: the clip is damaged after that`];
}

/** Said of a clip that has an index and not one frame that can be decoded. */
export function noPicture(): Failure {
  return new Failure('user', 'PQL433', 'no frame of the clip can be read: it is damaged', {
    hint: 'check that it plays, or copy it again',
  });
}
