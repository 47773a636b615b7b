import type { VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import type { Input } from '../handler.ts';
import { type CopyableVideo, codingOf, copyableVideo } from '../mp4/cuts.ts';
import type { Movie } from '../mp4/movie.ts';
import { readMovie } from '../mp4/read.ts';

/** A clip that goes into a film, with its index where its packets may be copied. */
export interface Clip {
  path: string;
  facts: VideoFacts;
  movie: Movie | null;
  video: CopyableVideo | null;
  /** The number that the parameter sets of its packets are given where they are copied. */
  number?: number | null;
  /** Frames at its own rate that count as the whole clip, where only those are wanted and the film has another rate. */
  within?: { from: number; to: number };
}

/** Opens an operand: reads an MP4's index, a few milliseconds, and nothing else. Its coding is what the index says now, so that
 * facts written down by whoever made the clip need not mention it. */
export async function openClip(input: Input): Promise<Clip> {
  if (input.facts.kind !== 'video')
    throw new Failure('user', 'PQL439', `a clip is needed, and this is ${input.facts.kind}`, {
      hint: 'give a video',
    });
  const movie = await readMovie(input.path);
  const video = movie && copyableVideo(movie);
  const { coding: _coding, parameterSets: _parameterSets, ...facts } = input.facts;
  const same =
    video &&
    video.frames === facts.frames &&
    !facts.variable &&
    video.rate.num === facts.rate.num &&
    hasSquarePixels(video, facts);
  return same
    ? { path: input.path, facts: { ...facts, ...codingOf(video) }, movie, video }
    : { path: input.path, facts, movie, video: null };
}

/** Coded at the size that is shown: what is encoded beside such packets can have their size. */
function hasSquarePixels({ entry }: CopyableVideo, { width, height }: VideoFacts): boolean {
  return entry.readUInt16BE(32) === width && entry.readUInt16BE(34) === height;
}
