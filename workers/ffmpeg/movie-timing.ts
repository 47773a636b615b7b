import { Failure } from '../../engine/failure.ts';
import { copyableVideo } from '../mp4/cuts.ts';
import type { Movie } from '../mp4/movie.ts';
import type { FrameTiming } from './frame-timing.ts';

/** Timing of an MP4 by its index alone, where the index is plain: one picture track of a constant rate shown from its first frame.
 * Null when the packets must be looked at. A file whose media ends before its index says is refused. */
export function movieTiming(movie: Movie): FrameTiming | null {
  const cut = movie.tracks.find(({ samples }) => samples.beyond > 0);
  if (cut) {
    const { count, beyond } = cut.samples;
    throw new Failure(
      'user',
      'PQL433',
      `the file is cut short: ${beyond} of its ${count} packets are missing`,
      {
        hint: 'copy or download the file again',
      },
    );
  }
  const video = copyableVideo(movie);
  if (!video) return null;
  const { rate, frames } = video;
  return { rate, frames, duration: (frames * rate.den) / rate.num, variable: false };
}
