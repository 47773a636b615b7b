import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { piecesJoinedArguments } from '../ffmpeg/joined-arguments.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { notWhatWasAsked } from '../ffmpeg/words.ts';
import { reelOf } from '../film/assemble.ts';
import { diskWords } from '../film/film.ts';
import type { Desk } from '../handler.ts';
import { type CopyableVideo, copyableVideo } from '../mp4/cuts.ts';
import { readMovie } from '../mp4/read.ts';
import { writeMovie } from '../mp4/write.ts';
import type { PlannedPass } from './plan-pass.ts';

/** Lays encoded pieces one after another by copying their packets, into one film without sound. */
export async function joinPieces(
  paths: readonly string[],
  { shape, out }: Pick<PlannedPass, 'shape' | 'out'>,
  output: string,
  recipe: string,
  desk: Pick<Desk, 'signal'>,
): Promise<void> {
  const { width, height, rate, frames } = shape ?? out;
  const pieces: CopyableVideo[] = [];
  for (const path of paths) {
    const movie = await readMovie(path);
    const video = movie && copyableVideo(movie);
    if (!video) throw notWhatWasAsked('joining pieces', 'one of them is not what was asked for');
    pieces.push(video);
  }
  const [first] = pieces;
  if (first === undefined || pieces.some(({ entry }) => !entry.equals(first.entry)))
    throw notWhatWasAsked('joining pieces', 'they came out in different ways');
  if (pieces.reduce((sum, piece) => sum + piece.frames, 0) !== frames)
    throw notWhatWasAsked('joining pieces', 'together they are not whole');
  const cuttings = pieces.map(({ track, frames: to }, index) => ({
    path: paths[index]!,
    track,
    from: 0,
    to,
  }));
  const reel = reelOf(cuttings, first.entry, {
    width: width + (width % 2),
    height: height + (height % 2),
    rate,
  });
  await writeMovie(output, [reel], { comment: recipe, signal: desk.signal }).catch(diskWords);
}

/** The same with the sound of the clip, taken whole. */
export async function joinWithSound(
  media: MediaTools,
  paths: readonly string[],
  pass: PlannedPass,
  output: string,
  recipe: string,
  desk: Pick<Desk, 'signal' | 'scratch'>,
): Promise<void> {
  if (pass.facts.audio === null) return joinPieces(paths, pass, output, recipe, desk);
  const silent = join(desk.scratch, 'silent.mp4');
  await joinPieces(paths, pass, silent, '', desk);
  const { rate, frames } = pass.shape ?? pass.out;
  await runFfmpeg(media, piecesJoinedArguments(silent, pass, rate, output, recipe), {
    ...{ doing: 'joining pieces', signal: desk.signal },
  });
  await rm(silent);
  // ffmpeg 5 does not count packets that it copies.
  const movie = await readMovie(output);
  if (movie?.tracks.find(({ handler }) => handler === 'video')?.samples.count !== frames)
    throw notWhatWasAsked('joining pieces', 'the film is not whole');
}
