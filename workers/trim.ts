import type { TrimArguments } from '../dsl/arguments.ts';
import { matrixBesideOurs } from '../dsl/joint-codings.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { type Clip, openClip } from './film/clip.ts';
import { makeFilm } from './film/film.ts';
import { frameRange } from './film/frame-range.ts';
import { partsOf } from './film/parts.ts';
import type { Handler } from './handler.ts';
import { avcOf } from './mp4/avc.ts';

/** TRIM: the frames whose time is in [from, to). Between key frames packets are copied, only the ends are encoded; the sound is cut
 * to the sample. */
export function createTrim(tools: MediaTools): Handler<TrimArguments> {
  return async (args, desk) => {
    const clip = await openClip(desk.inputs[0]!);
    const { from, to } = frameRange(clip.facts, args);
    const { rate } = clip.facts;
    const [width, height] = [even(clip.facts.width), even(clip.facts.height)];
    const parts = partsOf(0, from, to, cuttable(clip, { from, to }) ? clip.video : null);
    const film = await makeFilm(
      {
        clips: [clip],
        parts,
        placed: clip.facts.audio ? [{ clip, start: 0, end: to - from, skip: from }] : [],
        ...{ width, height, rate, frames: to - from, fit: 'pad', transition: 'fade' },
        matrix: matrixBesideOurs(clip.facts) ?? 'bt709',
      },
      tools,
      desk,
    );
    return {
      file: film.file,
      kind: 'video',
      facts: film.facts,
      notes: film.notes,
      details: { from, to, encodedFrames: film.encodedFrames },
    };
  };
}

/** Packets can be copied when the ends that must be encoded can stand beside them: plain H.264, or no ends at all. */
function cuttable({ facts, video }: Clip, { from, to }: { from: number; to: number }): boolean {
  if (!video) return false;
  if (from === 0 && to === facts.frames) return true;
  return (
    avcOf(video.entry) !== null &&
    matrixBesideOurs(facts) !== null &&
    facts.width % 2 === 0 &&
    facts.height % 2 === 0
  );
}

function even(side: number): number {
  return Math.max(2, side - (side % 2));
}
