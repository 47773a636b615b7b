import { join } from 'node:path';
import type { AudioFacts, Rational } from '../../dsl/facts.ts';
import { soundShape } from '../ffmpeg/encoding.ts';
import { encodeSoundtrack, type SoundPart } from '../ffmpeg/soundtrack.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { notWhatWasAsked } from '../ffmpeg/words.ts';
import { joinSound } from '../mp4/join-sound.ts';
import type { Movie } from '../mp4/movie.ts';
import { readMovie } from '../mp4/read.ts';
import type { Reel } from '../mp4/reel.ts';
import type { Clip } from './clip.ts';

/** A clip's place in the film, in frames; `skip` frames of its beginning are left out, a fraction of one where its own rate is another. */
export interface Placed {
  clip: Clip;
  start: number;
  end: number;
  skip: number;
}

export interface Soundtrack {
  reel: Reel;
  facts: AudioFacts;
  copied: boolean;
  /** Numbers of the clips whose sound could not be read whole. */
  damaged: readonly number[];
}

/** The sound of a film: packets where they can be joined, else decoded, cut to the sample and encoded once. */
export async function makeSoundtrack(
  placed: readonly Placed[],
  rate: Rational,
  options: { tools: MediaTools; scratch: string; signal: AbortSignal; onProgress(fraction: number): void },
): Promise<Soundtrack> {
  const seconds = (frames: number) => (frames * rate.den) / rate.num;
  const duration = seconds(placed.at(-1)?.end ?? 0);
  const facts = (reel: Reel, channels: number) => ({
    reel,
    facts: { codec: 'aac', rate: reel.timescale, channels, duration },
  });
  const joined = packetsOf(placed, seconds);
  if (joined)
    return { ...facts(joined, placed[0]!.clip.facts.audio?.channels ?? 2), copied: true, damaged: [] };
  const output = join(options.scratch, 'sound.mp4');
  const damaged = await encodeSoundtrack(options.tools, soundParts(placed, rate), output, options);
  const movie = await readMovie(output);
  const reel = movie && joinSound([movie], [0, duration]);
  if (!reel) throw notWhatWasAsked('writing the sound', 'the soundtrack is not whole');
  return { ...facts(reel, soundShape.channels), copied: false, damaged };
}

/** Places in samples, rounded from the film's start on, so that no error adds up. */
function soundParts(placed: readonly Placed[], rate: Rational): SoundPart[] {
  const samples = (frames: number) => Math.round((frames * rate.den * soundShape.rate) / rate.num);
  return placed.map(({ clip, start, end, skip }) => ({
    path: clip.facts.audio ? clip.path : null,
    start: samples(start),
    end: samples(end),
    skip: samples(skip),
  }));
}

function packetsOf(placed: readonly Placed[], seconds: (frames: number) => number): Reel | null {
  const whole = placed.every(
    ({ start, skip }, index) => skip === 0 && start === (placed[index - 1]?.end ?? 0),
  );
  const movies = placed.map(({ clip }) => clip.movie).filter((movie): movie is Movie => movie !== null);
  if (!whole || movies.length !== placed.length) return null;
  return joinSound(movies, [...placed.map(({ start }) => seconds(start)), seconds(placed.at(-1)?.end ?? 0)]);
}
