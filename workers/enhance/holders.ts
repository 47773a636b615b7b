import { freeAtOnce } from '../process/free-at-once.ts';

/** Counts who still needs a frame, and frees its memory when nobody does. A frame has one holder when it is made: whoever made it or
 * received it. Handing it on hands the hold on; whoever keeps it as well holds it once more. */
export interface Holders {
  hold(frame: Uint8Array): void;
  release(frame: Uint8Array): void;
}

/** Opens a count for the frames of one job. */
export function createHolders(): Holders {
  // How many beyond the first; a frame with one holder has no entry.
  const more = new Map<Uint8Array, number>();
  return {
    hold: (frame) => void more.set(frame, (more.get(frame) ?? 0) + 1),
    release(frame) {
      const others = more.get(frame) ?? 0;
      if (others === 0) freeAtOnce(frame);
      else if (others === 1) more.delete(frame);
      else more.set(frame, others - 1);
    },
  };
}
