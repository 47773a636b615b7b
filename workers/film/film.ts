import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OurMatrix } from '../../dsl/colours.ts';
import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import { damageNote } from '../ffmpeg/damage.ts';
import { carriedRecipe } from '../ffmpeg/encoding.ts';
import { toneMapNote } from '../ffmpeg/tone-map.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { notWhatWasAsked } from '../ffmpeg/words.ts';
import type { Desk } from '../handler.ts';
import { readMovie } from '../mp4/read.ts';
import { writeMovie } from '../mp4/write.ts';
import { type Assembled, assemble } from './assemble.ts';
import type { Clip } from './clip.ts';
import type { Part } from './parts.ts';
import { makeSoundtrack, type Placed } from './soundtrack.ts';

export interface FilmPlan {
  clips: readonly Clip[];
  parts: readonly Part[];
  /** Where each clip's sound goes; empty for a silent film. */
  placed: readonly Placed[];
  width: number;
  height: number;
  rate: Rational;
  frames: number;
  fit: 'pad' | 'crop';
  /** Colours of what is copied and of what is encoded. */
  matrix: OurMatrix;
  transition: string;
}

export interface Film {
  file: string;
  facts: VideoFacts;
  encodedFrames: number;
  soundCopied: boolean | null;
  notes: string[];
}

/** Makes a film of parts: picture and sound side by side in scratch, then one file, read back before it counts as made. */
export async function makeFilm(plan: FilmPlan, tools: MediaTools, desk: Desk): Promise<Film> {
  const stop = new AbortController();
  const signal = AbortSignal.any([desk.signal, stop.signal]);
  const work = { tools, scratch: desk.scratch, signal };
  const pictures = assemble(plan.clips, plan.parts, plan, {
    ...work,
    onProgress: (done, total, fps) => desk.progress(news(done, total, fps)),
  }).catch(diskWords);
  const sounds =
    plan.placed.length === 0
      ? null
      : makeSoundtrack(plan.placed, plan.rate, { ...work, onProgress: () => {} });
  // When one of the two fails, the other's process must not go on: stop it, wait for it, then tell the first reason.
  const both = Promise.all([pictures, sounds]);
  await both.catch(async () => {
    stop.abort();
    await Promise.allSettled([pictures, sounds]);
  });
  const [picture, sound] = await both;
  const file = join(desk.scratch, 'film.mp4');
  const recipe = carriedRecipe(desk.recipe);
  const reels = sound ? [picture.reel, sound.reel] : [picture.reel];
  await writeMovie(file, reels, {
    comment: recipe.text,
    signal: desk.signal,
    onProgress: (written, total) => {
      if (picture.encodedFrames === 0) desk.progress({ fraction: written / total });
    },
  }).catch(diskWords);
  await readBack(file, plan.frames);
  const { width, height, rate, frames } = plan;
  const facts: VideoFacts = {
    ...{ kind: 'video', container: 'mp4', bytes: (await stat(file)).size },
    ...{ duration: (frames * rate.den) / rate.num, frames, width, height, rate, rotation: 0 },
    ...picture.facts,
    audio: sound?.facts ?? null,
  };
  return {
    file,
    facts,
    encodedFrames: picture.encodedFrames,
    soundCopied: sound?.copied ?? null,
    notes: [
      ...Array.from(
        picture.refused,
        (clip) =>
          `${nameOf(clip, plan.clips.length)} was encoded: its packets name its parameter sets where no other number fits`,
      ),
      ...toneMapNotes(plan),
      ...damageNotes(picture.damage, sound?.damaged ?? [], plan.clips.length),
      recipe.note,
    ].filter((note) => note !== null),
  };
}

/** Of each clip of which at least a part was encoded. */
function toneMapNotes({ clips, parts }: FilmPlan): (string | null)[] {
  return clips.map(({ facts }, clip) => {
    const encoded = parts.some(
      (part) =>
        part.do !== 'copy' && (part.clip === clip || (part.do === 'transition' && part.clip + 1 === clip)),
    );
    return encoded ? toneMapNote(nameOf(clip, clips.length), facts) : null;
  });
}

function damageNotes(
  pictures: Assembled['damage'],
  sounds: readonly number[],
  clips: number,
): (string | null)[] {
  return [
    ...Array.from(pictures, ([clip, damage]) => damageNote(clip, damage, 'picture')),
    ...sounds.map((clip) => `the sound of ${nameOf(clip, clips)} is damaged: not all of it could be read`),
  ];
}

function nameOf(clip: number, clips: number): string {
  return clips === 1 ? 'the clip' : `clip ${clip + 1}`;
}

function news(done: number, total: number, fps: number) {
  const fraction = total === 0 ? 1 : Math.min(0.98, done / total);
  return fps > 0 ? { fraction, fps, secondsLeft: (total - done) / fps } : { fraction };
}

/** A file that can be read to its end and has the frames that were planned. */
async function readBack(file: string, frames: number): Promise<void> {
  const movie = await readMovie(file);
  const video = movie?.tracks.find(({ handler }) => handler === 'video');
  if (!video || movie?.tracks.some(({ samples }) => samples.beyond > 0) || video.samples.count !== frames)
    throw notWhatWasAsked('joining clips', 'the film is not whole');
}

/** Throws what the disk said of a film being written in words for people. */
export function diskWords(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOSPC' || error.code === 'EFBIG' || error.code === 'EDQUOT')
    throw new Failure('transient', 'PQL631', 'joining clips: no space is left on the disk', {
      hint: 'free some space (pql doctor shows how much is left), then RETRY',
      cause: error,
    });
  throw error;
}
